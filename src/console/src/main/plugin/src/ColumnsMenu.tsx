import { MenuToggle, Select, SelectList, SelectOption } from '@patternfly/react-core'
import React, { useState } from 'react'
import { COLUMNS } from './columns'

/** Which columns the table has. */
export const ColumnsMenu: React.FC<{ shown: string[]; change: (shown: string[]) => void }> = ({ shown, change }) => {
  const [open, setOpen] = useState(false)
  const toggle = (key: string) => change(shown.includes(key) ? shown.filter(each => each !== key) : [...shown, key])
  return (
    <Select
      role='menu'
      isOpen={open}
      selected={shown}
      onOpenChange={setOpen}
      onSelect={(_, key) => toggle(String(key))}
      toggle={ref => <MenuToggle ref={ref} isExpanded={open} onClick={() => setOpen(!open)}>Columns</MenuToggle>}
    >
      <SelectList>
        {COLUMNS.map(({ key, label }) => (
          <SelectOption key={key} value={key} hasCheckbox isSelected={shown.includes(key)}>{label}</SelectOption>
        ))}
      </SelectList>
    </Select>
  )
}

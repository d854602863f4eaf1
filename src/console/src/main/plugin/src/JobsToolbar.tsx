import {
  Badge, Button, FormSelect, FormSelectOption, MenuToggle, SearchInput, Select, SelectList, SelectOption, Toolbar, ToolbarContent, ToolbarItem
} from '@patternfly/react-core'
import React, { useEffect, useState } from 'react'
import { ColumnsMenu } from './ColumnsMenu'
import { type Query, STATES, type VideoJobs } from './jobs'
import { PurgeDialog } from './PurgeDialog'
import { type View, ViewChoice } from './ViewChoice'

const TYPING_PAUSE_MS = 300

export const JobsToolbar: React.FC<{
  query: Query
  change: (change: Partial<Query>) => void
  jobs: VideoJobs
  providers: string[]
  manager: boolean
  done: (text: string) => void
  pagination: React.ReactNode
  view: View
  setView: (view: View) => void
  shown: string[]
  setShown: (shown: string[]) => void
}> = ({ query, change, jobs, providers, manager, done, pagination, view, setView, shown, setShown }) => {
  const [purging, setPurging] = useState(false)
  return (
    <Toolbar inset={{ default: 'insetNone' }} clearAllFilters={() => change({ states: [], provider: '', text: '' })}>
      <ToolbarContent>
        <ToolbarItem><StateFilter states={query.states} change={states => change({ states })} /></ToolbarItem>
        <ToolbarItem>
          <FormSelect value={query.provider} onChange={(_, provider) => change({ provider })} aria-label='Provider'>
            <FormSelectOption value='' label='All providers' />
            {providers.map(provider => <FormSelectOption key={provider} value={provider} label={provider} />)}
          </FormSelect>
        </ToolbarItem>
        <ToolbarItem className='grokvideo-find'><TextFilter text={query.text} change={text => change({ text })} /></ToolbarItem>
        <ToolbarItem><ViewChoice view={view} change={setView} /></ToolbarItem>
        {view === 'table' && <ToolbarItem><ColumnsMenu shown={shown} change={setShown} /></ToolbarItem>}
        {manager && (
          <ToolbarItem>
            <Button variant='secondary' onClick={() => setPurging(true)}>Purge…</Button>
          </ToolbarItem>
        )}
        <ToolbarItem align={{ default: 'alignEnd' }}>{pagination}</ToolbarItem>
      </ToolbarContent>
      {purging && <PurgeDialog jobs={jobs} close={() => setPurging(false)} done={done} />}
    </Toolbar>
  )
}

const StateFilter: React.FC<{ states: string[]; change: (states: string[]) => void }> = ({ states, change }) => {
  const [open, setOpen] = useState(false)
  const toggle = (state: string) => change(states.includes(state) ? states.filter(each => each !== state) : [...states, state])
  return (
    <Select
      role='menu'
      isOpen={open}
      selected={states}
      onOpenChange={setOpen}
      onSelect={(_, state) => toggle(String(state))}
      toggle={ref => (
        <MenuToggle ref={ref} isExpanded={open} onClick={() => setOpen(!open)} badge={states.length > 0 && <Badge isRead>{states.length}</Badge>}>
          State
        </MenuToggle>
      )}
    >
      <SelectList>
        {STATES.map(state => (
          <SelectOption key={state} value={state} hasCheckbox isSelected={states.includes(state)}>{state}</SelectOption>
        ))}
      </SelectList>
    </Select>
  )
}

/** Asks the server only when the typing pauses. */
const TextFilter: React.FC<{ text: string; change: (text: string) => void }> = ({ text, change }) => {
  const [typed, setTyped] = useState(text)
  useEffect(() => setTyped(text), [text])
  useEffect(() => {
    if (typed === text) {
      return undefined
    }
    const timer = setTimeout(() => change(typed), TYPING_PAUSE_MS)
    return () => clearTimeout(timer)
  }, [typed])
  return (
    <SearchInput
      value={typed}
      onChange={(_, value) => setTyped(value)}
      onClear={() => setTyped('')}
      placeholder='Id, key, task, tag, model'
      aria-label='Find jobs by id, key, task, tag or model'
    />
  )
}

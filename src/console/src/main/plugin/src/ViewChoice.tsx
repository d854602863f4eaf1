import { ToggleGroup, ToggleGroupItem } from '@patternfly/react-core'
import React from 'react'
import { Icon } from './Icon'

export type View = 'table' | 'gallery'

export const ViewChoice: React.FC<{ view: View; change: (view: View) => void }> = ({ view, change }) => (
  <ToggleGroup aria-label='How the jobs are shown'>
    <ToggleGroupItem icon={<Icon name='table' />} aria-label='Table' buttonId='view-table' isSelected={view === 'table'} onChange={() => change('table')} />
    <ToggleGroupItem icon={<Icon name='gallery' />} aria-label='Gallery' buttonId='view-gallery' isSelected={view === 'gallery'} onChange={() => change('gallery')} />
  </ToggleGroup>
)

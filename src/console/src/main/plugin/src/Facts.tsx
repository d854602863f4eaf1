import { DescriptionList, DescriptionListDescription, DescriptionListGroup, DescriptionListTerm } from '@patternfly/react-core'
import React from 'react'
import { Section } from './Section'

export type Rows = [term: string, value: React.ReactNode][]

/** A list of what is known; what is not known is left out, and so is a list of nothing. */
export const Facts: React.FC<{
  title: string
  rows: Rows
  /** Whether the children show something. */
  more?: boolean
  children?: React.ReactNode
}> = ({ title, rows, more = false, children }) => {
  const known = rows.filter(([, value]) => value !== null && value !== undefined && value !== '' && value !== '–')
  return known.length === 0 && !more ? null : (
    <Section title={title}>
      {children}
      <DescriptionList isHorizontal isCompact horizontalTermWidthModifier={{ default: '10ch', md: '16ch' }}>
        {known.map(([term, value]) => (
          <DescriptionListGroup key={term}>
            <DescriptionListTerm>{term}</DescriptionListTerm>
            <DescriptionListDescription className='grokvideo-mono'>{value}</DescriptionListDescription>
          </DescriptionListGroup>
        ))}
      </DescriptionList>
    </Section>
  )
}

export function entries(values: Record<string, unknown> | null): Rows {
  return Object.entries(values ?? {}).map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)])
}

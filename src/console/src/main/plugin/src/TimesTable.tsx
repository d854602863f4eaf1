import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table'
import React from 'react'
import type { Times } from './activity'
import { count, duration } from './format'
import { GROUPS } from './SpendSums'
import type { By } from './spending'

/** The parts of a wait, in the colours of a job's timeline. */
const PARTS = [
  { field: 'queueMillis', name: 'Queue', color: '#8a8d90' },
  { field: 'renderMillis', name: 'Render', color: '#2b7fd6' },
  { field: 'lagMillis', name: 'Lag', color: '#c9a100' },
  { field: 'downloadMillis', name: 'Download', color: '#1b96a5' }
] as const

const time = (millis: number | null) => (millis === null ? '–' : millis < 1000 ? `${millis} ms` : duration(millis))

/** Where the time of videos went, by medians. */
export const TimesTable: React.FC<{ by: By; rows: Times[] }> = ({ by, rows }) => {
  const { label, none } = GROUPS[by]
  if (rows.length === 0) {
    return <p>No video came in this time.</p>
  }
  return (
    <>
      <ul className='grokvideo-legend' aria-hidden='true'>
        {PARTS.map(({ name, color }) => <li key={name}><i style={{ background: color }} />{name}</li>)}
      </ul>
      <Table variant='compact' gridBreakPoint='grid-lg' aria-label={`Times by ${by}`}>
        <Thead>
          <Tr>{[label, 'Videos', ...PARTS.map(({ name }) => name), 'Total', '95 % within'].map(each => <Th key={each} modifier='wrap'>{each}</Th>)}</Tr>
        </Thead>
        <Tbody>
          {rows.map(row => (
            <Tr key={JSON.stringify(row[by])}>
              <Td dataLabel={label}>
                {row[by] ?? none}
                <div className='grokvideo-bar grokvideo-budget' aria-hidden='true'>
                  {PARTS.filter(({ field }) => (row[field] ?? 0) > 0).map(({ field, color }) => (
                    <span key={field} style={{ flexGrow: row[field] ?? 0, background: color }} />
                  ))}
                </div>
              </Td>
              <Td dataLabel='Videos'>{count(row.videos)}</Td>
              {PARTS.map(({ field, name }) => <Td key={field} dataLabel={name}>{time(row[field])}</Td>)}
              <Td dataLabel='Total'>{time(row.totalMillis)}</Td>
              <Td dataLabel='95 % within'>{time(row.p95Millis)}</Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
      <p className='grokvideo-sub'>
        Medians; those of the parts need not add up to that of the total. Queue: until the gateway accepted the job. Render: until it last said
        that the video was not done, its own queue included. Lag: until the video was noticed, at most. Download: until the file was here. A video
        counts for render and lag only if an earlier status query had found it not done.
      </p>
    </>
  )
}

import { FormSelect, FormSelectOption, Spinner, ToggleGroup, ToggleGroupItem } from '@patternfly/react-core'
import React, { useCallback, useState } from 'react'
import { activity, RANGES, type Range } from './activity'
import { ConnectionNotice } from './ConnectionNotice'
import { DayCharts } from './DayCharts'
import { HistoryCharts } from './HistoryCharts'
import type { VideoJobs } from './jobs'
import { Section } from './Section'
import { GROUPS, SumsTable } from './SpendSums'
import type { By } from './spending'
import { TimesTable } from './TimesTable'
import { usePolling } from './usePolling'

const POLL_MS = 60_000

const NAMES: Record<Range, string> = { 1: '1 h', 24: '24 h', 168: '7 d', 720: '30 d' }
const WORDS: Record<Range, string> = { 1: 'Last hour', 24: 'Last 24 hours', 168: 'Last 7 days', 720: 'Last 30 days' }

/** Spend and speed in a range that the user chooses. */
export const HistoryView: React.FC<{ jobs: VideoJobs }> = ({ jobs }) => {
  const [hours, setHours] = useState<Range>(24)
  const [by, setBy] = useState<By>('account')
  const ask = useCallback((signal: AbortSignal) => activity(jobs, hours, by, signal), [jobs, hours, by])
  const { data, error } = usePolling(ask, POLL_MS)
  // While the answer to another choice is awaited, the last one is not shown.
  const shown = data?.hours === hours && data.by === by ? data : undefined
  return (
    <div className='grokvideo-spending'>
      <div className='grokvideo-choices'>
        <ToggleGroup aria-label='Range'>
          {RANGES.map(range => (
            <ToggleGroupItem key={range} text={NAMES[range]} buttonId={`range-${range}`} isSelected={range === hours} onChange={() => setHours(range)} />
          ))}
        </ToggleGroup>
        <FormSelect value={by} onChange={(_, value) => setBy(value as By)} aria-label='Activity separated by'>
          {Object.entries(GROUPS).map(([value, { label }]) => <FormSelectOption key={value} value={value} label={`By ${label.toLowerCase()}`} />)}
        </FormSelect>
      </div>
      <ConnectionNotice error={error} />
      {hours <= 24 ? (
        <div>
          <Section title={`${WORDS[hours]}, on this node`}><HistoryCharts key={hours} jobs={jobs} hours={hours as 1 | 24} /></Section>
        </div>
      ) : shown && <div><Section title={`${WORDS[hours]}, by day`}><DayCharts activity={shown} /></Section></div>}
      {shown ? (
        <>
          <div><Section title={`What jobs cost: ${WORDS[hours].toLowerCase()}`}><SumsTable by={by} rows={shown.sums} period={WORDS[hours]} /></Section></div>
          <div><Section title={`Where the time went: ${WORDS[hours].toLowerCase()}`}><TimesTable by={by} rows={shown.times} /></Section></div>
          <p className='grokvideo-sub'>
            {shown.durable ? 'Costs and times are those of all nodes, from the ledger in the job store.'
              : 'Costs and times are those of this program since it started: its jobs are kept in memory only, and of the times the last 10,000.'}
          </p>
        </>
      ) : data === undefined && !error && <Spinner aria-label='Loading the activity from the ledger' />}
    </div>
  )
}

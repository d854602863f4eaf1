import { FormSelect, FormSelectOption, Spinner } from '@patternfly/react-core'
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table'
import React, { useCallback, useState } from 'react'
import { ConnectionNotice } from './ConnectionNotice'
import { count } from './format'
import { Section } from './Section'
import { amount, type By, type Period, type SpendSum, type VideoSpending } from './spending'
import { usePolling } from './usePolling'

const POLL_MS = 60_000

const PERIODS: Record<Period, string> = { today: 'Today', yesterday: 'Yesterday', 'this-month': 'This month', 'last-month': 'Last month' }
export const GROUPS: Record<By, { label: string; none: string }> = {
  account: { label: 'Account', none: 'no account' },
  tag: { label: 'Tag', none: 'no tag' },
  model: { label: 'Model', none: 'no model' }
}

export const SpendSums: React.FC<{ spending: VideoSpending }> = ({ spending }) => {
  const [period, setPeriod] = useState<Period>('this-month')
  const [by, setBy] = useState<By>('account')
  const ask = useCallback((signal: AbortSignal) => spending.sums(period, by, signal), [spending, period, by])
  const { data, error } = usePolling(ask, POLL_MS)
  // While the answer to another choice is awaited, the last one is not shown.
  const sums = data?.period === period && data.by === by ? data : undefined
  return (
    <Section title='What jobs cost'>
      <div className='grokvideo-choices'>
        <FormSelect value={period} onChange={(_, value) => setPeriod(value as Period)} aria-label='Period'>
          {Object.entries(PERIODS).map(([value, label]) => <FormSelectOption key={value} value={value} label={label} />)}
        </FormSelect>
        <FormSelect value={by} onChange={(_, value) => setBy(value as By)} aria-label='Separated by'>
          {Object.entries(GROUPS).map(([value, { label }]) => <FormSelectOption key={value} value={value} label={`By ${label.toLowerCase()}`} />)}
        </FormSelect>
      </div>
      <ConnectionNotice error={error} />
      {sums ? <SumsTable by={sums.by} rows={sums.rows} period={PERIODS[sums.period]} /> : !error && <Spinner aria-label='Loading the sums' />}
    </Section>
  )
}

/** @param period in words */
export const SumsTable: React.FC<{ by: By; rows: SpendSum[]; period: string }> = ({ by, rows, period }) => {
  const { label, none } = GROUPS[by]
  if (rows.length === 0) {
    return <p>No job cost anything in this period.</p>
  }
  return (
    <>
      <Table variant='compact' gridBreakPoint='grid-lg' aria-label={`Sums by ${by}: ${period}`}>
        <Thead>
          <Tr>
            {[label, 'Unit', 'Jobs', 'Reserved', 'Spent (est.)', 'Spent (reported)', 'Difference'].map(each => <Th key={each} modifier='wrap'>{each}</Th>)}
          </Tr>
        </Thead>
        <Tbody>
          {rows.map(row => {
            // Without a price there is nothing to show but the number of jobs.
            const figure = (value: number) => (row.unit === null ? '–' : amount(value, row.unit))
            const difference = row.reportedMinusEstimate
            return (
              <Tr key={JSON.stringify([row[by], row.unit])}>
                <Td dataLabel={label}>{row[by] ?? none}</Td>
                <Td dataLabel='Unit'>{row.unit ?? 'price unknown'}</Td>
                <Td dataLabel='Jobs'>{count(row.jobs)}</Td>
                <Td dataLabel='Reserved'>{figure(row.reserved)}</Td>
                <Td dataLabel='Spent (est.)'>{figure(row.spentEstimated)}</Td>
                <Td dataLabel='Spent (reported)'>{figure(row.spentReported)}</Td>
                <Td dataLabel='Difference'>{difference > 0 ? '+' : ''}{figure(difference)}</Td>
              </Tr>
            )
          })}
        </Tbody>
      </Table>
      <p className='grokvideo-sub'>
        Spent (est.) is what no gateway has reported; the two are never added. Difference: what gateways have reported, minus the estimates of the
        same jobs. Days and months are those of the option budgetZone.
      </p>
    </>
  )
}

import { Alert, AlertActionCloseButton, EmptyState, EmptyStateBody, Spinner } from '@patternfly/react-core'
import React, { useCallback, useMemo, useState } from 'react'
import { BudgetsTable } from './BudgetsTable'
import { ConnectionNotice } from './ConnectionNotice'
import type { VideoJobs } from './jobs'
import { LimitDialog } from './LimitDialog'
import { Section } from './Section'
import { SpendSums } from './SpendSums'
import { type BudgetUse, VideoSpending } from './spending'
import { usePolling } from './usePolling'

const POLL_MS = 10_000

/** Budgets, and sums of the ledger. */
export const SpendingView: React.FC<{ jobs: VideoJobs; manager: boolean }> = ({ jobs, manager }) => {
  const find = useCallback((signal: AbortSignal) => VideoSpending.find(jobs, signal), [jobs])
  const { data, error } = usePolling(find, POLL_MS)
  const mbean = data?.[0]?.mbean
  const spending = useMemo(() => (mbean ? new VideoSpending(mbean) : undefined), [mbean])
  if (spending) {
    return (
      <div className='grokvideo-spending'>
        <div><Budgets key={spending.mbean} spending={spending} manager={manager} /></div>
        <div><SpendSums key={spending.mbean} spending={spending} /></div>
      </div>
    )
  }
  return (
    <>
      <ConnectionNotice error={error} />
      {data ? <NoBudgets /> : !error && <Spinner aria-label='Looking for budgets' />}
    </>
  )
}

const Budgets: React.FC<{ spending: VideoSpending; manager: boolean }> = ({ spending, manager }) => {
  const ask = useCallback((signal: AbortSignal) => spending.budgets(signal), [spending])
  const { data, error, refresh } = usePolling(ask, POLL_MS)
  const [changing, setChanging] = useState<BudgetUse>()
  const [notice, setNotice] = useState<string>()
  const done = (text: string) => {
    setNotice(text)
    refresh()
  }
  return (
    <>
      <ConnectionNotice error={error} />
      {notice && (
        <Alert isInline isLiveRegion variant='success' title={notice}
          actionClose={<AlertActionCloseButton onClose={() => setNotice(undefined)} />} />
      )}
      {!data ? (
        !error && <Spinner aria-label='Loading budgets' />
      ) : data.length === 0 ? (
        <NoBudgets />
      ) : (
        <Section title='Budgets'>
          <BudgetsTable budgets={data} change={manager ? setChanging : undefined} />
        </Section>
      )}
      {changing && <LimitDialog use={changing} spending={spending} close={() => setChanging(undefined)} done={done} />}
    </>
  )
}

const NoBudgets: React.FC = () => (
  <EmptyState titleText='No budgets' headingLevel='h2'>
    <EmptyStateBody>
      A budget limits what jobs may cost. Set one with the option budget of the component, for example budget = 20 USD/day, 300 USD/month.
    </EmptyStateBody>
  </EmptyState>
)

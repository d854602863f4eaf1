import { Alert, AlertActionCloseButton, EmptyState, EmptyStateBody, Spinner } from '@patternfly/react-core'
import React, { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { ActionDialog } from './ActionDialog'
import { BudgetsTable } from './BudgetsTable'
import { ConnectionNotice } from './ConnectionNotice'
import { CopyButton } from './CopyButton'
import { focusIsLost, focusSoon } from './focus'
import { count } from './format'
import type { Action, JobDetail, VideoJobs } from './jobs'
import { LimitDialog } from './LimitDialog'
import { type Problems, type StuckJob, total, type VideoProblems } from './problems'
import { RefusedAccounts } from './RefusedAccounts'
import { Section } from './Section'
import { type BudgetUse, VideoSpending } from './spending'
import { StuckJobs } from './StuckJobs'
import { useNow, usePolling } from './usePolling'

const POLL_MS = 5_000
const SHOWN = 20
const CONSUMER = '- from:\n    uri: "grokvideo:completed"\n    steps:\n      - to: "file:videos"'

/** What waits for a person, each with the one action that helps. */
export const ProblemsView: React.FC<{
  jobs: VideoJobs
  problems: VideoProblems
  manager: boolean
  /** Told how many there are. */
  seen: (wrong: number) => void
}> = ({ jobs, problems, manager, seen }) => {
  const ask = useCallback((signal: AbortSignal) => problems.first(SHOWN, signal), [problems])
  const { data, error, refresh } = usePolling(ask, POLL_MS)
  const [acting, setActing] = useState<{ action: Action; job: JobDetail }>()
  const [budget, setBudget] = useState<{ use: BudgetUse; spending: VideoSpending }>()
  const [notice, setNotice] = useState<string>()
  const [failure, setFailure] = useState<Error>()
  const view = useRef<HTMLDivElement>(null)
  const left = data && total(data.counts)
  // Before the browser draws, so that the number in the tab's name changes together with the list.
  useLayoutEffect(() => {
    if (left !== undefined) {
      seen(left)
    }
  }, [seen, left])
  // The button that opened the dialog goes with what it has helped.
  useEffect(() => (notice ? focusSoon(() => view.current, focusIsLost) : undefined), [notice, left])

  const done = (text: string) => {
    setActing(undefined)
    setNotice(text)
    refresh()
  }
  /** The dialog shows what the whole job says. */
  const act = (action: Action) => (id: string) => {
    setFailure(undefined)
    jobs.job(id).then(job => setActing({ action, job }), setFailure)
  }
  const change = (use: BudgetUse) => {
    setFailure(undefined)
    VideoSpending.find(jobs).then(([spending]) => spending && setBudget({ use, spending }), setFailure)
  }

  return (
    <div ref={view} tabIndex={-1} className='grokvideo-spending grokvideo-problems'>
      <ConnectionNotice error={error} />
      {failure && <Alert isInline variant='danger' title='It did not succeed'>{failure.message}</Alert>}
      {notice && (
        <Alert isInline isLiveRegion variant='success' title={notice} actionClose={<AlertActionCloseButton onClose={() => setNotice(undefined)} />} />
      )}
      {!data ? (
        !error && <Spinner aria-label='Looking for what has gone wrong' />
      ) : left === 0 ? (
        <NothingWrong />
      ) : (
        <Kinds data={data} act={manager && !error ? act : undefined} change={manager && !error ? change : undefined} />
      )}
      {acting && <ActionDialog {...acting} jobs={jobs} close={() => setActing(undefined)} done={done} />}
      {budget && <LimitDialog {...budget} close={() => setBudget(undefined)} done={done} />}
    </div>
  )
}

const Kinds: React.FC<{
  data: Problems
  act: ((action: Action) => (id: string) => void) | undefined
  change: ((use: BudgetUse) => void) | undefined
}> = ({ data, act, change }) => {
  const now = useNow()
  const jobs = (rows: StuckJob[], of: number, action: Action | undefined) =>
    <StuckJobs jobs={rows} total={of} now={now} action={action} act={action && act?.(action)} />
  return (
    <>
      {data.counts.unknown > 0 && (
        <Kind title={`Nobody knows whether they were created (${count(data.counts.unknown)})`}
          text='The submit got no usable answer, so the gateway may have made, and charged, a task. Look for it in the gateway’s own list: adopting it costs nothing more. It is never sent again by itself.'>
          {jobs(data.unknown, data.counts.unknown, 'adopt')}
        </Kind>
      )}
      {data.counts.undelivered > 0 && (
        <Kind title={`Not delivered (${count(data.counts.undelivered)})`}
          text='The route that had them has failed too often. Mend it, then deliver them again: nothing is paid twice. Videos that nobody takes are deleted on the day shown.'>
          {jobs(data.undelivered, data.counts.undelivered, 'redeliver')}
        </Kind>
      )}
      {data.counts.held > 0 && (
        <Kind title={`With a route for long (${count(data.counts.held)})`}
          text='The route that was given them 5 minutes ago or earlier has left them, or is still at work on them. Look at the route first: a job that is delivered again while it is at work is processed twice. If it has left them, deliver them again on the job’s own page.'>
          {jobs(data.held, data.counts.held, undefined)}
        </Kind>
      )}
      {data.counts.untaken > 0 && (
        <Kind title={`No route takes them (${count(data.counts.untaken)})`}
          text='They have ended and wait for a consumer. Start a route that reads from grokvideo:completed, or widen its filter; they are handed to it at once.'>
          <pre className='grokvideo-snippet' tabIndex={0} aria-label='A route that takes them'><code>{CONSUMER}</code></pre>
          <CopyButton text={CONSUMER} name='Copy the route' />
          {jobs(data.untaken, data.counts.untaken, undefined)}
        </Kind>
      )}
      {data.accounts.length > 0 && (
        <Kind title={`Refused accounts (${count(data.accounts.length)})`}
          text='A gateway refuses the key or its permissions, as this node has seen. Renew the key in the configuration: open jobs go on with it. A status query is free and tells whether it works.'>
          <RefusedAccounts accounts={data.accounts} now={now} ask={act?.('pollNow')} />
        </Kind>
      )}
      {data.budgets.length > 0 && (
        <Kind title={`Full budgets (${count(data.budgets.length)})`}
          text='Jobs that cost something are refused, or wait, until the budget renews or its limit is raised.'>
          <BudgetsTable budgets={data.budgets} change={change} />
        </Kind>
      )}
    </>
  )
}

const Kind: React.FC<{ title: string; text: string; children: React.ReactNode }> = ({ title, text, children }) => (
  <Section title={title}>
    <p className='grokvideo-sub'>{text}</p>
    {children}
  </Section>
)

const NothingWrong: React.FC = () => (
  <EmptyState titleText='Nothing has gone wrong' headingLevel='h2'>
    <EmptyStateBody>
      This page lists jobs of which nobody knows whether the gateway has created them, videos that no route has taken, accounts whose key is
      refused, and budgets that are full. To follow a job from its start, drop a text file with a prompt into the folder that your route
      reads, for example <code>inbox</code>, or send one to its address; it appears under Jobs at once.
    </EmptyStateBody>
  </EmptyState>
)

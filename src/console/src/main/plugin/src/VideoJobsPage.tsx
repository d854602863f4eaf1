import {
  Button, EmptyState, EmptyStateBody, Flex, FormSelect, FormSelectOption, Label, PageSection, Spinner, Tab, TabTitleText, Tabs, Title
} from '@patternfly/react-core'
import React, { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useLocation, useNavigate } from 'react-router-dom'
import { ConnectionNotice } from './ConnectionNotice'
import { focusIsLost, focusSoon } from './focus'
import { HistoryView } from './HistoryView'
import { type Me, type Summary, VideoJobs, whoAmI } from './jobs'
import { JobPage } from './JobPage'
import { FIRST_QUERY, JobsView } from './JobsView'
import { MakePage } from './MakePage'
import { isMakePath, makePath, newKey } from './makePath'
import { jobOf } from './paths'
import { ProblemsTab, useProblemCount } from './ProblemsTab'
import { ProblemsView } from './ProblemsView'
import { VideoProblems } from './problems'
import { SpendingView } from './SpendingView'
import { type Polled, usePolling } from './usePolling'
import { useSubmit } from './useSubmit'
import { useTab } from './useTab'

const FIND_MS = 10_000
const SUMMARY_MS = 5_000

/** The tab: finds the Camel contexts that have video jobs, and shows the jobs of one. */
export const VideoJobsPage: React.FC = () => {
  const me = useMe()
  const find = useCallback((signal: AbortSignal) => VideoJobs.find(signal), [])
  const found = usePolling(find, FIND_MS)
  const [chosen, setChosen] = useState('')
  const names = found.data?.map(jobs => jobs.mbean) ?? []
  const mbean = names.includes(chosen) ? chosen : (names[0] ?? '')
  const jobs = useMemo(() => (mbean ? new VideoJobs(mbean) : undefined), [mbean])

  return (
    <PageSection className='grokvideo'>
      {jobs ? (
        <JobsOfContext key={mbean} jobs={jobs} me={me} found={found} choose={setChosen} />
      ) : (
        <>
          <Title headingLevel='h1' tabIndex={-1}>Video Jobs</Title>
          <ConnectionNotice error={found.error} />
          {found.data && (
            <EmptyState titleText='No video jobs here' headingLevel='h2'>
              <EmptyStateBody>
                No Camel context of this program uses the component grokvideo yet. This page looks again by itself.
              </EmptyStateBody>
            </EmptyState>
          )}
          {!found.data && !found.error && <Spinner aria-label='Looking for video jobs' />}
        </>
      )}
    </PageSection>
  )
}

const JobsOfContext: React.FC<{
  jobs: VideoJobs
  me: Me | undefined
  found: Polled<VideoJobs[]>
  choose: (mbean: string) => void
}> = ({ jobs, me, found, choose }) => {
  const ask = useCallback((signal: AbortSignal) => jobs.summary(signal), [jobs])
  const summary = usePolling(ask, SUMMARY_MS)
  const [tab, setTab] = useTab('jobs')
  const problems = useMemo(() => new VideoProblems(jobs), [jobs])
  // Asked for here, not by the tab: its name would grow, and move the next ones, each time that the list is shown again.
  const [wrong, seen] = useProblemCount(problems)
  const [query, setQuery] = useState(FIRST_QUERY)
  const { pathname } = useLocation()
  const opened = jobOf(pathname)
  const manager = me?.role === 'manager'
  const { offer } = useSubmit(jobs, manager)
  const navigate = useNavigate()
  useFocusOnReturn(opened)

  return isMakePath(pathname) ? (
    <MakePage jobs={jobs} me={me} />
  ) : opened !== undefined ? (
    <JobPage key={opened} id={opened} jobs={jobs} manager={manager} again={offer && (() => navigate(makePath(newKey(), opened)))} />
  ) : (
    <>
      <div className='grokvideo-head'>
        <Title headingLevel='h1' tabIndex={-1}>Video Jobs</Title>
        {(found.data?.length ?? 0) > 1 && (
          <FormSelect value={jobs.mbean} onChange={(_, mbean) => choose(mbean)} aria-label='Camel context' style={{ width: 'auto' }}>
            {found.data?.map(each => <FormSelectOption key={each.mbean} value={each.mbean} label={each.context} />)}
          </FormSelect>
        )}
        {summary.data && <SummaryLabels summary={summary.data} />}
        {offer && <Button variant='primary' onClick={() => navigate(makePath(newKey()))}>Make a video…</Button>}
      </div>
      <ConnectionNotice error={summary.error ?? found.error} />
      <Tabs activeKey={tab} onSelect={(_, key) => setTab(String(key))} aria-label='Video jobs' mountOnEnter unmountOnExit>
        <Tab eventKey='jobs' title={<TabTitleText>Jobs</TabTitleText>}>
          {me && <JobsView jobs={jobs} providers={summary.data?.Providers.split(',') ?? []} manager={manager} user={me.user} query={query} setQuery={setQuery} />}
        </Tab>
        <Tab eventKey='wrong' title={<ProblemsTab wrong={wrong} />}>
          <ProblemsView jobs={jobs} problems={problems} manager={manager} seen={seen} />
        </Tab>
        <Tab eventKey='history' title={<TabTitleText>History</TabTitleText>}>
          <HistoryView jobs={jobs} />
        </Tab>
        <Tab eventKey='spending' title={<TabTitleText>Spending</TabTitleText>}>
          <SpendingView jobs={jobs} manager={manager} />
        </Tab>
      </Tabs>
    </>
  )
}

/** Who comes back from a job's page finds the same place again, by eye and by keyboard, unless they have gone elsewhere meanwhile. */
function useFocusOnReturn(opened: string | undefined): void {
  const last = useRef<string>()
  useEffect(() => {
    const left = last.current
    last.current = opened
    if (opened !== undefined || left === undefined) {
      return undefined
    }
    return focusSoon(() => document.querySelector<HTMLElement>(`[data-job="${CSS.escape(left)}"] a`), focusIsLost)
  }, [opened])
}

const SummaryLabels: React.FC<{ summary: Summary }> = ({ summary }) => (
  <Flex columnGap={{ default: 'columnGapSm' }} rowGap={{ default: 'rowGapSm' }}>
    <Label color='blue'>{summary.Waiting} waiting</Label>
    {!summary.StoreReachable && <Label status='danger'>job store not reachable</Label>}
    <Label variant='outline'>{summary.Durable ? 'jobs survive a restart' : 'jobs in memory only'}</Label>
    {summary.Provider && <Label variant='outline'>{summary.Provider}</Label>}
    {summary.Node && <Label variant='outline'>node {summary.Node}</Label>}
  </Flex>
)

/** Asked until it is answered, and then not again. */
function useMe(): Me | undefined {
  const [me, setMe] = useState<Me>()
  useEffect(() => {
    const controller = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    const ask = () => {
      whoAmI(controller.signal).then(setMe, () => {
        if (!controller.signal.aborted) {
          timer = setTimeout(ask, FIND_MS)
        }
      })
    }
    ask()
    return () => {
      controller.abort()
      clearTimeout(timer)
    }
  }, [])
  return me
}

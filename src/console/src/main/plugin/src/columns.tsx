import React from 'react'
import { bytes, cost, dateTime, since, until } from './format'
import type { Job, SortKey } from './jobs'
import { JobProgress, StateLabel } from './StateLabel'
import { wentTo } from './title'

export interface Column {
  key: string
  label: string
  sort?: SortKey
  /** Shown until a user chooses others. */
  usual: boolean
  cell: (job: Job, now: number) => React.ReactNode
}

/** The columns beside the first, from which a user chooses. */
export const COLUMNS: Column[] = [
  { key: 'state', label: 'State', sort: 'state', usual: true, cell: job => <><StateLabel state={job.state} /><JobProgress job={job} /></> },
  { key: 'provider', label: 'Provider', sort: 'provider', usual: true, cell: job => <TwoLines first={job.provider} second={job.model} /> },
  { key: 'age', label: 'Age', sort: 'created', usual: true, cell: (job, now) => <Time at={job.createdAt}>{since(job.createdAt, now, 1)}</Time> },
  { key: 'ended', label: 'Ended, next poll', sort: 'ended', usual: true, cell: endedOrNextPoll },
  { key: 'cost', label: 'Cost', usual: true, cell: job => <Cost job={job} /> },
  { key: 'route', label: 'Route', usual: true, cell: job => <Line text={job.route ?? (job.detached ? 'detached' : '–')} /> },
  { key: 'mode', label: 'Mode', usual: false, cell: job => job.mode ?? '–' },
  { key: 'attempts', label: 'Attempts', usual: false, cell: attempts },
  { key: 'tag', label: 'Tag', usual: false, cell: job => job.tag ?? '–' },
  { key: 'account', label: 'Account', usual: false, cell: job => job.account },
  { key: 'size', label: 'Size', usual: false, cell: job => bytes(job.size) },
  { key: 'node', label: 'Node', usual: false, cell: job => job.node ?? '–' }
]

export const USUAL = COLUMNS.filter(column => column.usual).map(column => column.key)

const Line: React.FC<{ text: string }> = ({ text }) => <span className='grokvideo-line' title={text}>{text}</span>

const TwoLines: React.FC<{ first: React.ReactNode; second: string | null }> = ({ first, second }) => (
  <>{first}<div className='grokvideo-sub grokvideo-line' title={second ?? undefined}>{second}</div></>
)

const Time: React.FC<{ at: string; children: React.ReactNode }> = ({ at, children }) => (
  <time dateTime={at} title={dateTime(at)}>{children}</time>
)

const Cost: React.FC<{ job: Job }> = ({ job }) => (
  <><span className='grokvideo-line'>{cost(job.cost)}</span>{job.cost?.estimated && <div className='grokvideo-sub'>estimate</div>}</>
)

function endedOrNextPoll(job: Job, now: number): React.ReactNode {
  if (job.endedAt) {
    return <TwoLines first={<Time at={job.endedAt}>{since(job.endedAt, now, 1)} ago</Time>} second={wentTo(job)} />
  }
  return job.nextPollAt ? `poll ${until(job.nextPollAt, now)}` : '–'
}

function attempts(job: Job): React.ReactNode {
  return <>{times(job.submits, 'submit')}<div className='grokvideo-sub'>{times(job.polls, 'poll')}, {times(job.downloads, 'download')}</div></>
}

const times = (number: number, what: string) => `${number} ${what}${number === 1 ? '' : 's'}`

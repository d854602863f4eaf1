import { Button } from '@patternfly/react-core'
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table'
import React from 'react'
import { Link } from 'react-router-dom'
import { ACTIONS } from './actions'
import { count, dateTime, since, until } from './format'
import { JobId } from './JobId'
import type { Action } from './jobs'
import { jobPath } from './paths'
import type { StuckJob } from './problems'
import { StateLabel } from './StateLabel'
import { title } from './title'

/** Jobs that wait for a person, the oldest first. */
export const StuckJobs: React.FC<{
  jobs: StuckJob[]
  total: number
  now: number
  /** What helps; undefined = nothing that could be done from here. */
  action: Action | undefined
  /** undefined = this user may not. */
  act: ((id: string) => void) | undefined
}> = ({ jobs, total, now, action, act }) => (
  <>
    <Table variant='compact' gridBreakPoint='grid-lg' aria-label='Jobs that wait for a person'>
      <Thead>
        <Tr>
          {['Job', 'State', 'Gateway', 'Since', 'What is known', 'Deleted'].map(label => <Th key={label} modifier='nowrap'>{label}</Th>)}
          {action && act && <Th screenReaderText='Actions' />}
        </Tr>
      </Thead>
      <Tbody>
        {jobs.map(job => (
          <Tr key={job.id} data-problem={job.id}>
            <Td dataLabel='Job'>
              <Link to={jobPath(job.id)} className='grokvideo-title'>{title(job)}</Link>
              <JobId id={job.id} />
            </Td>
            <Td dataLabel='State'><StateLabel state={job.state} /></Td>
            <Td dataLabel='Gateway'>{job.provider}<div className='grokvideo-sub'>{job.account}</div></Td>
            <Td dataLabel='Since'><time dateTime={job.endedAt ?? job.createdAt}>{since(job.endedAt ?? job.createdAt, now, 1)}</time></Td>
            <Td dataLabel='What is known'>{known(job)}</Td>
            <Td dataLabel='Deleted'>
              {job.expiresAt === null ? '–' : <time dateTime={job.expiresAt} title={dateTime(job.expiresAt)}>{until(job.expiresAt, now)}, {day(job.expiresAt)}</time>}
            </Td>
            {action && act && (
              <Td><Button variant='secondary' size='sm' aria-label={`${ACTIONS[action].label} ${title(job)}`} onClick={() => act(job.id)}>{ACTIONS[action].label}</Button></Td>
            )}
          </Tr>
        ))}
      </Tbody>
    </Table>
    {jobs.length < total && <p className='grokvideo-sub'>The oldest {count(jobs.length)} of {count(total)}.</p>}
  </>
)

function known(job: StuckJob): string {
  if (job.error) {
    const { message, httpStatus, requestId } = job.error
    return [message, httpStatus && `HTTP ${httpStatus}`, requestId && `request ${requestId}`].filter(Boolean).join(' · ')
  }
  return job.deliveries > 0 ? `handed out ${job.deliveries === 1 ? 'once' : `${job.deliveries} times`}` : job.route ?? '–'
}

const days = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' })
const day = (at: string) => days.format(new Date(at))

import { Button } from '@patternfly/react-core'
import { Table, Tbody, Td, Th, type ThProps, Thead, Tr } from '@patternfly/react-table'
import React from 'react'
import { cost, count, dateTime, since, until } from './format'
import type { Job, Query, SortKey } from './jobs'
import { JobProgress, StateLabel } from './StateLabel'

const SORTS: SortKey[] = ['created', 'ended', 'state', 'provider']

export const JobsTable: React.FC<{
  jobs: Job[]
  total: number
  query: Query
  change: (change: Partial<Query>) => void
  selected: string | undefined
  open: (id: string) => void
  now: number
}> = ({ jobs, total, query, change, selected, open, now }) => {
  const sort = (key: SortKey): ThProps['sort'] => ({
    columnIndex: SORTS.indexOf(key),
    sortBy: { index: SORTS.indexOf(query.sort), direction: query.descending ? 'desc' : 'asc' },
    onSort: (_, __, direction) => change({ sort: key, descending: direction === 'desc' })
  })
  return (
    <div className='grokvideo-wide'>
      <Table variant='compact' gridBreakPoint='grid-lg' aria-label={`${count(total)} video jobs, a page of them`}>
        <Thead>
          <Tr>
            <Th>Job</Th>
            <Th sort={sort('state')} modifier='nowrap'>State</Th>
            <Th sort={sort('provider')} modifier='nowrap'>Provider</Th>
            <Th sort={sort('created')} modifier='nowrap'>Age</Th>
            <Th sort={sort('ended')} modifier='wrap'>Ended, or next poll</Th>
            <Th modifier='nowrap'>Attempts</Th>
            <Th modifier='nowrap'>Cost</Th>
            <Th modifier='nowrap'>Route</Th>
          </Tr>
        </Thead>
        <Tbody>
          {jobs.map(job => (
            <Tr key={job.id} className={job.id === selected ? 'grokvideo-selected' : undefined}>
              <Td dataLabel='Job' className='grokvideo-job'>
                <Button variant='link' isInline className='grokvideo-mono' onClick={() => open(job.id)} aria-label={`Open job ${job.id}`}>
                  {job.id}
                </Button>
                {job.jobKey && <div className='grokvideo-sub'>{job.jobKey}</div>}
              </Td>
              <Td dataLabel='State'>
                <StateLabel state={job.state} />
                <JobProgress job={job} />
              </Td>
              <Td dataLabel='Provider'>
                {job.provider}
                <div className='grokvideo-sub'>{job.model}<br />{job.mode}</div>
              </Td>
              <Td dataLabel='Age' modifier='nowrap'><time dateTime={job.createdAt} title={dateTime(job.createdAt)}>{since(job.createdAt, now, 1)}</time></Td>
              <Td dataLabel='Ended, or next poll'>{endedOrNextPoll(job, now)}</Td>
              <Td dataLabel='Attempts' modifier='nowrap'>{attempts(job)}</Td>
              <Td dataLabel='Cost' modifier='nowrap'>{cost(job.cost)}</Td>
              <Td dataLabel='Route'>{job.route ?? (job.detached ? 'detached' : '–')}</Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
    </div>
  )
}

function endedOrNextPoll(job: Job, now: number): string {
  if (job.endedAt) {
    return `${since(job.endedAt, now, 1)} ago`
  }
  return job.nextPollAt ? `poll ${until(job.nextPollAt, now)}` : '–'
}

function attempts(job: Job): React.ReactNode {
  const text = `${job.submits} submits, ${job.polls} polls, ${job.downloads} downloads`
  return (
    <span title={text}>
      <span aria-hidden='true'>{job.submits} / {job.polls} / {job.downloads}</span>
      <span className='pf-v6-screen-reader'>{text}</span>
    </span>
  )
}

import { Table, Tbody, Td, Th, type ThProps, Thead, Tr } from '@patternfly/react-table'
import React from 'react'
import { Link } from 'react-router-dom'
import { COLUMNS } from './columns'
import { count } from './format'
import { JobId } from './JobId'
import type { Job, Query, SortKey } from './jobs'
import { jobPath } from './paths'
import { Poster } from './Poster'
import { title } from './title'

const SORTS: SortKey[] = ['created', 'ended', 'state', 'provider']

export const JobsTable: React.FC<{
  jobs: Job[]
  total: number
  query: Query
  change: (change: Partial<Query>) => void
  shown: string[]
  now: number
}> = ({ jobs, total, query, change, shown, now }) => {
  const columns = COLUMNS.filter(column => shown.includes(column.key))
  const sort = (key: SortKey): ThProps['sort'] => ({
    columnIndex: SORTS.indexOf(key),
    sortBy: { index: SORTS.indexOf(query.sort), direction: query.descending ? 'desc' : 'asc' },
    onSort: (_, __, direction) => change({ sort: key, descending: direction === 'desc' })
  })
  return (
    <div className='grokvideo-wide'>
      <Table variant='compact' gridBreakPoint='grid-lg' className='grokvideo-jobs' aria-label={`${count(total)} video jobs, a page of them`}>
        <Thead>
          <Tr>
            <Th>Video</Th>
            {columns.map(({ key, label, sort: by }) => <Th key={key} sort={by && sort(by)} modifier='nowrap'>{label}</Th>)}
          </Tr>
        </Thead>
        <Tbody>
          {jobs.map(job => (
            <Tr key={job.id} data-job={job.id}>
              <Td className='grokvideo-job'>
                <div className='grokvideo-named'>
                  <Poster job={job} />
                  <div>
                    <Link to={jobPath(job.id)} className='grokvideo-title' title={job.jobKey ?? title(job)}>{title(job)}</Link>
                    <JobId id={job.id} />
                  </div>
                </div>
              </Td>
              {columns.map(({ key, label, cell }) => <Td key={key} dataLabel={label}>{cell(job, now)}</Td>)}
            </Tr>
          ))}
        </Tbody>
      </Table>
    </div>
  )
}

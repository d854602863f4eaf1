import { Alert, AlertActionCloseButton, EmptyState, EmptyStateBody, Pagination, PaginationVariant, Spinner } from '@patternfly/react-core'
import React, { useCallback, useEffect, useRef, useState } from 'react'
import { USUAL } from './columns'
import { ConnectionNotice } from './ConnectionNotice'
import { count } from './format'
import { Gallery } from './Gallery'
import { JobsTable } from './JobsTable'
import { JobsToolbar } from './JobsToolbar'
import { NewJobs } from './NewJobs'
import type { Query, VideoJobs } from './jobs'
import { useSetting } from './settings'
import { isRead } from './reading'
import { useJobPage } from './useJobPage'
import { useNow } from './usePolling'
import type { View } from './ViewChoice'

export const FIRST_QUERY: Query = { states: [], provider: '', text: '', sort: 'created', descending: true, page: 1, perPage: 20 }

/** A page of the jobs, as a table or a gallery, which follows the jobs as they change. */
export const JobsView: React.FC<{
  jobs: VideoJobs
  providers: string[]
  manager: boolean
  user: string
  query: Query
  setQuery: (change: (query: Query) => Query) => void
}> = ({ jobs, providers, manager, user, query, setQuery }) => {
  const [notice, setNotice] = useState<string>()
  const [view, setView] = useSetting<View>(user, 'view', 'table')
  const [shown, setShown] = useSetting(user, 'columns', USUAL)
  const now = useNow()
  const list = useRef<HTMLDivElement>(null)
  const idle = useCallback(() => query.page === 1 && !isRead(list.current), [query.page])
  const page = useJobPage(jobs, query, idle)

  const filter = useCallback((change: Partial<Query>) => setQuery(query => ({ ...query, page: 1, ...change })), [setQuery])
  const done = (text: string) => {
    setNotice(text)
    page.refresh()
  }

  const total = page.data?.total ?? 0
  const pages = Math.max(1, Math.ceil(total / query.perPage))
  const beyond = page.data !== undefined && query.page > pages
  useEffect(() => {
    // The last pages may have been purged.
    if (beyond) {
      filter({ page: pages })
    }
  }, [beyond, pages, filter])

  const pagination = (variant: PaginationVariant) => (
    <Pagination
      itemCount={total}
      page={query.page}
      perPage={query.perPage}
      perPageOptions={[10, 20, 50, 100].map(value => ({ title: String(value), value }))}
      onSetPage={(_, value) => filter({ page: value })}
      onPerPageSelect={(_, value) => filter({ perPage: value })}
      variant={variant}
      isCompact={variant === PaginationVariant.top}
      widgetId={`jobs-${variant}`}
      titles={{ paginationAriaLabel: variant === PaginationVariant.top ? 'Pages of jobs, above' : 'Pages of jobs, below' }}
    />
  )

  return (
    <>
      <JobsToolbar query={query} change={filter} jobs={jobs} providers={providers} manager={manager} done={done} pagination={pagination(PaginationVariant.top)}
        view={view} setView={setView} shown={shown} setShown={setShown} />
      <ConnectionNotice error={page.error} />
      {notice && (
        <Alert isInline isLiveRegion variant='success' title={notice}
          actionClose={<AlertActionCloseButton onClose={() => setNotice(undefined)} />} />
      )}
      {page.data === undefined ? (
        !page.error && <Spinner aria-label='Loading jobs' />
      ) : total === 0 ? (
        <NoJobs filtered={query.states.length > 0 || query.provider !== '' || query.text !== ''} />
      ) : (
        <div ref={list}>
          <NewJobs fresh={page.fresh} stale={page.stale} show={() => (page.fresh > 0 && query.page > 1 ? filter({ page: 1 }) : page.refresh())} />
          {view === 'gallery'
            ? <Gallery jobs={page.data.jobs} now={now} />
            : <JobsTable jobs={page.data.jobs} total={total} query={query} change={filter} shown={shown} now={now} />}
          {pagination(PaginationVariant.bottom)}
        </div>
      )}
      <span className='pf-v6-screen-reader' aria-live='polite'>{page.data && `${count(total)} jobs`}</span>
    </>
  )
}

const NoJobs: React.FC<{ filtered: boolean }> = ({ filtered }) => (
  <EmptyState titleText={filtered ? 'No job matches' : 'No jobs yet'} headingLevel='h2'>
    <EmptyStateBody>
      {filtered ? 'Take a filter away to see more.' : 'A job appears here as soon as a route submits one.'}
    </EmptyStateBody>
  </EmptyState>
)

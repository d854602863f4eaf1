import {
  Alert, AlertActionCloseButton, Drawer, DrawerContent, DrawerContentBody, EmptyState, EmptyStateBody, Pagination,
  PaginationVariant, Spinner
} from '@patternfly/react-core'
import React, { useCallback, useEffect, useRef, useState } from 'react'
import { useLocation, useNavigate } from 'react-router-dom'
import { ConnectionNotice } from './ConnectionNotice'
import { focusSoon } from './focus'
import { count } from './format'
import { JobPanel } from './JobPanel'
import { JobsTable } from './JobsTable'
import { JobsToolbar } from './JobsToolbar'
import type { Query, VideoJobs } from './jobs'
import { useNow, usePolling } from './usePolling'

const POLL_MS = 3_000
const PATH = '/video-jobs'
const FIRST: Query = { states: [], provider: '', text: '', sort: 'created', descending: true, page: 1, perPage: 20 }

/** A page of the table, fetched again every few seconds, with one job opened beside it. The address holds the job's id. */
export const JobsView: React.FC<{ jobs: VideoJobs; providers: string[]; manager: boolean }> = ({ jobs, providers, manager }) => {
  const [query, setQuery] = useState(FIRST)
  const [notice, setNotice] = useState<string>()
  const now = useNow()
  const ask = useCallback((signal: AbortSignal) => jobs.jobs(query, signal), [jobs, query])
  const page = usePolling(ask, POLL_MS)
  const navigate = useNavigate()
  const selected = selectedJob(useLocation().pathname)
  const opener = useRef<HTMLElement | null>(null)

  const filter = useCallback((change: Partial<Query>) => setQuery(query => ({ ...query, page: 1, ...change })), [])
  const open = (id: string) => {
    opener.current = document.activeElement as HTMLElement | null
    navigate(`${PATH}/${encodeURIComponent(id)}`)
  }
  const close = () => {
    navigate(PATH)
    // Whoever came by the job's address opened it with nothing of this page.
    if (opener.current?.isConnected) {
      opener.current.focus()
    } else {
      focusSoon(() => document.querySelector<HTMLElement>('.grokvideo h1'))
    }
  }
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
    <Drawer isExpanded={selected !== undefined} isInline={false}>
      <DrawerContent
        panelContent={
          selected === undefined ? undefined : (
            <JobPanel key={selected} id={selected} jobs={jobs} manager={manager} now={now} close={close} changed={page.refresh} />
          )
        }
      >
        <DrawerContentBody>
          <JobsToolbar query={query} change={filter} jobs={jobs} providers={providers} manager={manager} done={done} pagination={pagination(PaginationVariant.top)} />
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
            <>
              <JobsTable jobs={page.data.jobs} total={total} query={query} change={filter} selected={selected} open={open} now={now} />
              {pagination(PaginationVariant.bottom)}
            </>
          )}
        </DrawerContentBody>
      </DrawerContent>
      <span className='pf-v6-screen-reader' aria-live='polite'>{page.data && `${count(total)} jobs`}</span>
    </Drawer>
  )
}

const NoJobs: React.FC<{ filtered: boolean }> = ({ filtered }) => (
  <EmptyState titleText={filtered ? 'No job matches' : 'No jobs yet'} headingLevel='h2'>
    <EmptyStateBody>
      {filtered ? 'Take a filter away to see more.' : 'A job appears here as soon as a route submits one.'}
    </EmptyStateBody>
  </EmptyState>
)

function selectedJob(pathname: string): string | undefined {
  const at = pathname.indexOf(`${PATH}/`)
  const id = at < 0 ? '' : pathname.slice(at + PATH.length + 1)
  try {
    return id === '' ? undefined : decodeURIComponent(id)
  } catch {
    // An address that somebody mistyped.
    return id
  }
}

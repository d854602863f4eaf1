import { useCallback, useEffect, useRef, useState } from 'react'
import { useChanges } from './changes'
import { ConnectionLost } from './jolokia'
import type { Job, JobPage, Query, VideoJobs } from './jobs'

/** Removed jobs are not told, and neither is how many there are in all: so the page is fetched as a whole now and then, if nobody reads it. */
const WHOLE_MS = 60_000

export interface LivePage {
  data?: JobPage
  error?: Error
  /** Jobs that were created since the page was fetched. */
  fresh: number
  /** Fetches the whole page. */
  refresh: () => void
}

/**
 * A page of jobs. Rows that change are fetched by themselves and changed in place. New jobs are counted; they are shown when somebody asks
 * for them, or at once while `idle()`: nothing moves that is being read.
 */
export function useJobPage(jobs: VideoJobs, query: Query, idle: () => boolean): LivePage {
  const [state, setState] = useState<{ data?: JobPage; error?: Error; fresh: number }>({ fresh: 0 })
  const shown = useRef<{ rows: Job[]; newest: string; at: number }>()
  const busy = useRef(false)
  const loading = useRef(false)
  const again = useRef<AbortController>()

  const fail = useCallback((error: unknown) => {
    setState(({ data, fresh }) => ({ data, fresh, error: error instanceof Error ? error : new ConnectionLost(String(error)) }))
  }, [])

  const whole = useCallback(async () => {
    again.current?.abort()
    const { signal } = (again.current = new AbortController())
    loading.current = true
    try {
      const [data, newest] = await Promise.all([jobs.jobs(query, signal), newestJob(jobs, query, signal)])
      if (!signal.aborted) {
        shown.current = { rows: data.jobs, newest: newest ?? data.jobs[0]?.id ?? '', at: Date.now() }
        setState({ data, fresh: 0 })
      }
    } catch (error) {
      if (!signal.aborted) {
        fail(error)
      }
    } finally {
      loading.current = loading.current && signal !== again.current?.signal
    }
  }, [jobs, query, fail])

  useEffect(() => {
    // What is shown belongs to another question; it stays until the answer is there.
    shown.current = undefined
    void whole()
    return () => again.current?.abort()
  }, [whole])

  const changed = useCallback(async () => {
    const page = shown.current
    if (busy.current || loading.current) {
      return undefined
    }
    if (page === undefined) {
      return whole()
    }
    busy.current = true
    try {
      const [{ jobs: rows }, fresh] = await Promise.all([jobs.changed(page.rows), jobs.newer(query, page.newest)])
      if (shown.current !== page) {
        return undefined
      }
      if (idle() && (fresh > 0 || Date.now() - page.at > WHOLE_MS) || page.rows.length === 0 && fresh > 0) {
        return whole()
      }
      const byId = new Map(rows.map(row => [row.id, row]))
      page.rows = page.rows.map(row => byId.get(row.id) ?? row)
      setState(({ data }) => ({ data: data && { ...data, jobs: page.rows }, fresh }))
    } catch (error) {
      fail(error)
    } finally {
      busy.current = false
    }
    return undefined
  }, [jobs, query, whole, idle, fail])
  useChanges(jobs, () => void changed())

  return { ...state, refresh: useCallback(() => void whole(), [whole]) }
}

/** Which job is the newest: the first of the page, unless it is another page or another order. */
async function newestJob(jobs: VideoJobs, query: Query, signal: AbortSignal): Promise<string | undefined> {
  if (query.page === 1 && query.sort === 'created' && query.descending) {
    return undefined
  }
  return (await jobs.jobs({ ...query, sort: 'created', descending: true, page: 1, perPage: 1 }, signal)).jobs[0]?.id
}

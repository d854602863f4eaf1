import { useCallback, useEffect, useRef, useState } from 'react'
import { useChanges } from './changes'
import { ConnectionLost } from './jolokia'
import type { Job, JobPage, Query, VideoJobs } from './jobs'

/** Not all that alters a page is told, such as jobs that are removed: so it is fetched as a whole now and then, if nobody reads it. */
const WHOLE_MS = 60_000
/** How often the page looks whether it knows by itself that it is out of date. */
const LOOK_MS = 5_000

export interface LivePage {
  data?: JobPage
  error?: Error
  /** Jobs that have come into the list since the page was fetched. */
  fresh: number
  /** Whether the list has changed otherwise. */
  stale: boolean
  /** Fetches the whole page. */
  refresh: () => void
}

interface Shown {
  rows: Job[]
  newest: string
  total: number
  /** When the page was fetched. */
  at: number
  /** When its rows were last compared. */
  compared: number
}

/**
 * A page of jobs. Rows that change are fetched by themselves and changed in place. New jobs are counted; they are shown when somebody asks
 * for them, or at once while `idle()`: nothing moves that is being read.
 */
export function useJobPage(jobs: VideoJobs, query: Query, idle: () => boolean): LivePage {
  const [state, setState] = useState<Omit<LivePage, 'refresh'>>({ fresh: 0, stale: false })
  const shown = useRef<Shown>()
  const busy = useRef(false)
  const loading = useRef(false)
  const again = useRef<AbortController>()
  /** Changed while an answer was on its way, which may not have it. */
  const missed = useRef(false)
  const failed = useRef(false)
  const compare = useRef<() => void>(() => undefined)

  const fail = useCallback((error: unknown) => {
    failed.current = true
    setState(state => ({ ...state, error: error instanceof Error ? error : new ConnectionLost(String(error)) }))
  }, [])

  const catchUp = useCallback(() => {
    if (missed.current && !again.current?.signal.aborted) {
      missed.current = false
      compare.current()
    }
  }, [])

  const whole = useCallback(async () => {
    again.current?.abort()
    const { signal } = (again.current = new AbortController())
    loading.current = true
    try {
      const [data, newest] = await Promise.all([jobs.jobs(query, signal), newestJob(jobs, query, signal)])
      if (!signal.aborted) {
        const at = Date.now()
        failed.current = false
        shown.current = { rows: data.jobs, newest: newest ?? data.jobs[0]?.id ?? '', total: data.total, at, compared: at }
        setState({ data, fresh: 0, stale: false })
      }
    } catch (error) {
      if (!signal.aborted) {
        fail(error)
      }
    } finally {
      if (again.current?.signal === signal) {
        loading.current = false
        catchUp()
      }
    }
  }, [jobs, query, fail, catchUp])

  useEffect(() => {
    // What is shown belongs to another question; it stays until the answer is there.
    shown.current = undefined
    void whole()
    return () => again.current?.abort()
  }, [whole])

  const changed = useCallback(async () => {
    const page = shown.current
    if (busy.current || loading.current) {
      missed.current = true
      return undefined
    }
    // In another order than age any change may move jobs, so the page is needed anyway.
    if (page === undefined || query.sort !== 'created' && idle()) {
      return whole()
    }
    busy.current = true
    try {
      const [{ jobs: rows, gone }, newer, { total, ids }] = await Promise.all([
        jobs.changed(page.rows), jobs.newer(query, page.newest), listed(jobs, query, page)
      ])
      if (shown.current !== page) {
        return undefined
      }
      failed.current = false
      page.compared = Date.now()
      const fresh = Math.max(0, newer, total - page.total)
      const left = page.rows.filter(row => !gone.includes(row.id))
      const there = ids.filter(id => !gone.includes(id))
      const stale = newer < 0 || total < page.total || left.some(({ id }, at) => there[at] !== id)
      const moved = fresh > 0 || stale || gone.length > 0
      if (idle() && (moved || page.compared - page.at > WHOLE_MS) || page.rows.length === gone.length && moved) {
        return whole()
      }
      const byId = new Map(rows.map(row => [row.id, row]))
      page.rows = left.map(row => byId.get(row.id) ?? row)
      page.total -= gone.length
      setState(({ data }) => ({ data: data && { ...data, total: page.total, jobs: page.rows }, fresh, stale }))
    } catch (error) {
      fail(error)
    } finally {
      busy.current = false
      catchUp()
    }
    return undefined
  }, [jobs, query, whole, idle, fail, catchUp])
  compare.current = () => void changed()
  useChanges(jobs, compare.current)

  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden && (failed.current || isOld(shown.current))) {
        compare.current()
      }
    }, LOOK_MS)
    return () => clearInterval(timer)
  }, [])

  return { ...state, refresh: useCallback(() => void whole(), [whole]) }
}

/** How long the list is now, and which jobs its page has: asked for where jobs come into the list, leave it or move in it as they change. */
async function listed(jobs: VideoJobs, query: Query, page: Shown): Promise<{ total: number; ids: string[] }> {
  if (query.sort !== 'created') {
    const { total, jobs: rows } = await jobs.jobs(query)
    return { total, ids: rows.map(row => row.id) }
  }
  return { total: query.states.length > 0 ? await jobs.newer(query, '') : page.total, ids: page.rows.map(row => row.id) }
}

/** Whether a page has waited for long, or a status query was due that may have changed nothing but the time of the next one. */
function isOld(page: Shown | undefined): boolean {
  const now = Date.now()
  return page !== undefined && (now - page.compared > WHOLE_MS
    || page.rows.some(({ endedAt, nextPollAt }) => endedAt === null && nextPollAt !== null && Date.parse(nextPollAt) <= now))
}

/** Which job is the newest: the first of the page, unless it is another page or another order. */
async function newestJob(jobs: VideoJobs, query: Query, signal: AbortSignal): Promise<string | undefined> {
  if (query.page === 1 && query.sort === 'created' && query.descending) {
    return undefined
  }
  return (await jobs.jobs({ ...query, sort: 'created', descending: true, page: 1, perPage: 1 }, signal)).jobs[0]?.id
}

import { useEffect, useRef } from 'react'
import { jolokia } from './jolokia'
import type { VideoJobs } from './jobs'

/** Longer than the server waits before it answers that nothing has changed. */
const WAIT_MS = 40_000
/** So that jobs that change all the time are not asked about all the time. */
const PAUSE_MS = 1_000
/** Where the job store cannot tell whether jobs have changed. */
const BLIND_MS = 3_000
const MAX_BACKOFF_MS = 30_000

/** Calls `changed` after jobs were added or changed, on whichever node; not while the page is hidden, and once when it begins. */
export function useChanges({ mbean }: VideoJobs, changed: () => void): void {
  const latest = useRef(changed)
  latest.current = changed
  useEffect(() => {
    let stop = follow(mbean, () => latest.current())
    const shown = () => {
      stop()
      if (!document.hidden) {
        stop = follow(mbean, () => latest.current())
      }
    }
    document.addEventListener('visibilitychange', shown)
    window.addEventListener('online', shown)
    return () => {
      document.removeEventListener('visibilitychange', shown)
      window.removeEventListener('online', shown)
      stop()
    }
  }, [mbean])
}

function follow(mbean: string, changed: () => void): () => void {
  const controller = new AbortController()
  void wait(mbean, changed, controller.signal)
  return () => controller.abort()
}

async function wait(mbean: string, changed: () => void, signal: AbortSignal): Promise<void> {
  let mark = ''
  let failures = 0
  while (!signal.aborted) {
    try {
      const answer = await jolokia.json<{ mark: string }>(`follow?${new URLSearchParams({ mbean, mark })}`, signal, WAIT_MS)
      // With the first mark as well: something may have changed since the page was fetched.
      if (answer.mark === '' || answer.mark !== mark) {
        changed()
      }
      mark = answer.mark
      failures = 0
      await pause(mark === '' ? BLIND_MS : PAUSE_MS, signal)
    } catch {
      if (signal.aborted) {
        return
      }
      // Whatever it was, such as the page of a proxy instead of the answer: it may be over next time.
      failures++
      // So that the next answer comes at once, and tells that the connection is back.
      mark = ''
      changed()
      await pause(Math.min(MAX_BACKOFF_MS, PAUSE_MS * 2 ** Math.min(failures, 5)) * (0.5 + Math.random() / 2), signal)
    }
  }
}

const pause = (millis: number, signal: AbortSignal) => new Promise<void>(resolve => {
  const done = () => {
    clearTimeout(timer)
    signal.removeEventListener('abort', done)
    resolve()
  }
  const timer = setTimeout(done, millis)
  signal.addEventListener('abort', done)
})

import { useCallback, useEffect, useRef, useState } from 'react'
import { ConnectionLost } from './jolokia'

export interface Polled<T> {
  /** The latest answer; kept while the connection is lost, so that what was there can still be read. */
  data?: T
  error?: Error
  refresh: () => void
}

/**
 * Asks again and again, a pause after each answer, so that a slow server is never asked twice at once; not while the page is hidden. A new
 * `ask` (a page turned, another filter) is asked at once and an answer to the old one is dropped.
 */
export function usePolling<T>(ask: (signal: AbortSignal) => Promise<T>, pauseMillis: number): Polled<T> {
  const [answer, setAnswer] = useState<{ data?: T; error?: Error }>({})
  const again = useRef<() => void>(() => undefined)

  useEffect(() => {
    const controller = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    let asking = false

    const run = async () => {
      if (asking) {
        return
      }
      clearTimeout(timer)
      asking = true
      try {
        const data = await ask(controller.signal)
        if (!controller.signal.aborted) {
          setAnswer({ data })
        }
      } catch (error) {
        if (!controller.signal.aborted) {
          setAnswer(({ data }) => ({ data, error: error instanceof Error ? error : new ConnectionLost(String(error)) }))
        }
      } finally {
        asking = false
      }
      if (!controller.signal.aborted && !document.hidden) {
        timer = setTimeout(run, pauseMillis)
      }
    }
    const shown = () => {
      if (!document.hidden) {
        void run()
      }
    }
    again.current = () => void run()
    document.addEventListener('visibilitychange', shown)
    void run()
    return () => {
      controller.abort()
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', shown)
    }
  }, [ask, pauseMillis])

  return { ...answer, refresh: useCallback(() => again.current(), []) }
}

/** The time, so that ages go on while no answer comes. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  return now
}

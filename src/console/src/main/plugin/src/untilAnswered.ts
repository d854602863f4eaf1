import { ConnectionLost } from './jolokia'

const PAUSE_MS = 3_000

/**
 * Asks after a while, and after a failure again and again; not after a logout, which no question ends.
 * @returns ends it
 */
export function untilAnswered<T>(
  delayMillis: number,
  ask: (signal: AbortSignal) => Promise<T>,
  answered: (answer: T) => void,
  failed: (error: Error) => void
): () => void {
  const controller = new AbortController()
  const later = (millis: number) => setTimeout(() => void run(), millis)
  const run = async () => {
    try {
      const answer = await ask(controller.signal)
      if (!controller.signal.aborted) {
        answered(answer)
      }
    } catch (error) {
      if (!controller.signal.aborted) {
        failed(error instanceof Error ? error : new Error(String(error)))
        if (!(error instanceof ConnectionLost && error.loggedOut)) {
          timer = later(PAUSE_MS)
        }
      }
    }
  }
  let timer = later(delayMillis)
  return () => {
    controller.abort()
    clearTimeout(timer)
  }
}

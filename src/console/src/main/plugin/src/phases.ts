import type { JobDetail } from './jobs'

export interface Phase {
  name: string
  color: string
  millis: number
}

/** What a job does from each of its states on. */
const DOES: Record<string, [name: string, color: string]> = {
  NEW: ['queued', '#8a8d90'],
  SUBMITTING: ['submitting', '#876fd4'],
  ACCEPTED: ['waiting', '#c9a100'],
  RUNNING: ['rendering', '#2b7fd6'],
  RENDERED: ['downloading', '#1b96a5'],
  DOWNLOADED: ['delivering', '#3e8635']
}

/** How long a job spent on what, in order; the last is still going on if the job is open. */
export function phases({ timeline, endedAt }: JobDetail, now: number): Phase[] {
  return timeline.flatMap((step, i) => {
    const does = DOES[step.state]
    const next = timeline[i + 1]?.at
    if (!does || (next === undefined && endedAt !== null)) {
      return []
    }
    const until = next === undefined ? now : Date.parse(next)
    return [{ name: does[0], color: does[1], millis: Math.max(0, until - Date.parse(step.at)) }]
  })
}

import { type By, type SpendSum, VideoSpending } from './spending'
import { jolokia } from './jolokia'
import type { VideoJobs } from './jobs'

/** Medians of where the time of videos went, in milliseconds; the group is in the field that is named like what they are separated by. */
export interface Times {
  account?: string | null
  tag?: string | null
  model?: string | null
  videos: number
  queueMillis: number
  /** null = not known, and neither is the lag. */
  renderMillis: number | null
  lagMillis: number | null
  /** null = only the URLs were wanted. */
  downloadMillis: number | null
  totalMillis: number
  p95Millis: number
}

/** What the ledger says of the last hours. */
export interface Activity {
  hours: number
  by: By
  from: string
  until: string
  /** The day of `until`, as days are counted. */
  lastDay: string
  /** Whether the ledger outlives the program, and other nodes write to it as well. */
  durable: boolean
  sums: SpendSum[]
  days: (SpendSum & { day: string })[]
  times: Times[]
}

export const RANGES = [1, 24, 168, 720] as const
export type Range = (typeof RANGES)[number]

/** undefined = the component does not have it. */
export async function activity(jobs: VideoJobs, hours: Range, by: By, signal: AbortSignal): Promise<Activity | undefined> {
  const [spending] = await VideoSpending.find(jobs, signal)
  if (!spending) {
    return undefined
  }
  const answer = JSON.parse((await jolokia.exec(spending.mbean, 'activity', [hours, by], signal)) as string) as Activity
  return { ...answer, hours, by }
}

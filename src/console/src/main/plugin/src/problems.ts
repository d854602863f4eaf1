import { type Job, VideoJobs } from './jobs'
import { jolokia } from './jolokia'
import type { BudgetUse } from './spending'

export interface Counts {
  unknown: number
  undelivered: number
  held: number
  untaken: number
  accounts: number
  budgets: number
}

/** A job that waits for a person. */
export interface StuckJob extends Job {
  /** When its video is deleted; null = it has none. */
  expiresAt: string | null
}

/** An account whose key, or whose permissions, the gateway refuses. */
export interface RefusedAccount {
  account: string
  provider: string
  refusedSince: string
  lastRefusal: string
  error: string | null
  /** A job to ask about, which costs nothing and tells whether the key works again; null = none waits. */
  waitingJob: string | null
}

export interface Problems {
  counts: Counts
  unknown: StuckJob[]
  undelivered: StuckJob[]
  held: StuckJob[]
  untaken: StuckJob[]
  accounts: RefusedAccount[]
  budgets: BudgetUse[]
}

export const total = (counts: Counts) => Object.values(counts).reduce((sum, count) => sum + count, 0)

/** What has gone wrong with the jobs of one Camel context. */
export class VideoProblems {
  private readonly mbean: Promise<string | undefined>

  constructor(jobs: VideoJobs) {
    this.mbean = jolokia.search(jobs.mbean.replace(/\bname=[^,]+/, 'name=VideoProblems*')).then(names => names.sort()[0])
    // Whoever asks is told.
    this.mbean.catch(() => undefined)
  }

  counts(signal?: AbortSignal): Promise<Counts | undefined> {
    return this.read('counts', [], signal)
  }

  /** The first of each kind. */
  first(limit: number, signal?: AbortSignal): Promise<Problems | undefined> {
    return this.read('problems', [limit], signal)
  }

  private async read<T>(operation: string, args: unknown[], signal?: AbortSignal): Promise<T | undefined> {
    const mbean = await this.mbean
    return mbean === undefined ? undefined : (JSON.parse((await jolokia.exec(mbean, operation, args, signal)) as string) as T)
  }
}

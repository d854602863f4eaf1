import { jolokia } from './jolokia'

export interface Cost {
  amount: string
  unit: string
  /** Calculated from the model's prices, not reported by the gateway. */
  estimated: boolean
}

export interface JobError {
  type: string
  message: string
  charged: 'yes' | 'no' | 'unknown'
  retryable: boolean
  httpStatus: number | null
  gatewayCode: string | null
  requestId: string | null
}

export interface Job {
  id: string
  state: string
  progress: number | null
  provider: string
  account: string
  model: string
  mode: string
  tag: string | null
  jobKey: string | null
  taskId: string | null
  createdAt: string
  acceptedAt: string | null
  renderedAt: string | null
  downloadedAt: string | null
  endedAt: string | null
  nextPollAt: string | null
  submits: number
  polls: number
  downloads: number
  cost: Cost | null
  size: number | null
  /** What the video's file is, or will be, called. */
  fileName: string | null
  /** Whether the file should be where the job has put it; it may have been removed since. */
  kept: boolean
  sha256: string | null
  /** Where the gateway or a route has put the video. */
  deliveredTo: string | null
  /** Only if prompts are shown. */
  promptStart: string | null
  route: string | null
  detached: boolean
  delivery: string
  deliveries: number
  node: string | null
  error: JobError | null
  /** Differs if anything else in a row does. */
  version: string
}

export type Action = 'pollNow' | 'stopWaiting' | 'cancel' | 'redeliver' | 'adopt' | 'resubmit' | 'abandon' | 'retry'

export interface JobDetail extends Job {
  /** What other accounts had answered before this job was made (failover). */
  attempts?: { account: string; type: string; message: string }[]
  /** What it was expected to cost, also if the gateway has reported something else. */
  estimate?: Cost | null
  request: Record<string, unknown> | null
  metadata: Record<string, unknown> | null
  timeline: { state: string; at: string }[]
  url: string | null
  /** The user wanted the gateway's URL and no file. */
  urlOnly: boolean
  file: string | null
  filePresent: boolean
  /** The job that a retry of this one made. */
  retriedAs: string | null
  /** The job whose video this one extends, edits or remixes. */
  sourceJob: string | null
  /** What the gateway has last said of it. */
  lastPoll: string | null
  /** Under which the gateway keeps the video. */
  fileId: string | null
  publicUrl: string | null
  /** Why the gateway could not keep or publish the video. */
  storageError: string | null
  /** The model that the gateway says it used. */
  answeredModel: string | null
  retryable: boolean
  actions: Action[]
}

export interface JobPage {
  total: number
  offset: number
  jobs: Job[]
}

export type SortKey = 'created' | 'ended' | 'state' | 'provider'

export interface Query {
  states: string[]
  provider: string
  text: string
  sort: SortKey
  descending: boolean
  page: number
  perPage: number
}

export interface Bucket {
  at: string
  submitted: number
  /** How many jobs ended in each state. */
  ended: Record<string, number>
  waitP50Millis: number | null
  waitP95Millis: number | null
  spend: Record<string, string>
}

export interface History {
  bucketSeconds: number
  buckets: Bucket[]
}

export interface Summary {
  Waiting: number
  Durable: boolean
  Provider: string
  Providers: string
  StoreReachable: boolean
  Node: string | null
}

export interface Me {
  user: string
  role: 'viewer' | 'manager'
}

export const STATES = [
  'NEW', 'SUBMITTING', 'ACCEPTED', 'RUNNING', 'RENDERED', 'DOWNLOADED', 'DELIVERED', 'REJECTED', 'FAILED', 'MODERATED', 'EXPIRED', 'CANCELLED',
  'UNKNOWN'
]

/** Longer than the 90 s for which the server waits for a gateway. */
const ACTION_MS = 100_000

/** The jobs of one Camel context. */
export class VideoJobs {
  constructor(readonly mbean: string) {}

  /** All in this JVM; none if no context uses the component. */
  static async find(signal?: AbortSignal): Promise<VideoJobs[]> {
    const names = await jolokia.search('org.apache.camel:context=*,type=services,name=VideoJobs*', signal)
    return names.sort().map(name => new VideoJobs(name))
  }

  get context(): string {
    return /context="?([^",]+)"?/.exec(this.mbean)?.[1] ?? this.mbean
  }

  summary(signal?: AbortSignal): Promise<Summary> {
    return jolokia.read(this.mbean, ['Waiting', 'Durable', 'Provider', 'Providers', 'StoreReachable', 'Node'], signal) as unknown as Promise<Summary>
  }

  jobs(query: Query, signal?: AbortSignal): Promise<JobPage> {
    const { states, provider, text, sort, descending, page, perPage } = query
    return this.read('jobs', [states.join(','), provider, text, sort, descending, (page - 1) * perPage, perPage], signal)
  }

  /** Those of the rows that have changed, and the ids of those that are gone. */
  changed(rows: Job[]): Promise<{ jobs: Job[]; gone: string[] }> {
    return this.read('changed', [JSON.stringify(Object.fromEntries(rows.map(row => [row.id, row.version])))])
  }

  /** How many jobs that the filters let through were created after one; -1 = that one is gone. */
  async newer({ states, provider, text }: Query, after: string): Promise<number> {
    return (await jolokia.exec(this.mbean, 'newer', [states.join(','), provider, text, after])) as number
  }

  job(id: string, signal?: AbortSignal): Promise<JobDetail> {
    return this.read('job', [id], signal)
  }

  history(hours: number, signal?: AbortSignal): Promise<History> {
    return this.read('history', [hours], signal)
  }

  /** Waits for the gateway's answer, as the server does. */
  act(action: Action, id: string, taskId?: string): Promise<JobDetail> {
    return this.read(action, taskId === undefined ? [id] : [id, taskId], undefined, ACTION_MS)
  }

  async purge(endedBeforeHours: number): Promise<number> {
    return (await jolokia.exec(this.mbean, 'purge', [endedBeforeHours], undefined, ACTION_MS)) as number
  }

  private async read<T>(operation: string, args: unknown[], signal?: AbortSignal, timeoutMillis?: number): Promise<T> {
    const value = await jolokia.exec(this.mbean, operation, args, signal, timeoutMillis)
    return (typeof value === 'string' ? JSON.parse(value) : value) as T
  }
}

export const whoAmI = (signal?: AbortSignal) => jolokia.json<Me>('videos/me', signal)

export const videoUrl = (id: string) => `videos/${encodeURIComponent(id)}`

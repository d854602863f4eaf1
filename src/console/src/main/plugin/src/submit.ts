import type { VideoJobs } from './jobs'
import { ConnectionLost, jolokia, Refused } from './jolokia'

/** A field of a request, as a model accepts it. */
export interface FieldOffer {
  name: string
  required: boolean
  allowed: string
  /** Empty = the values cannot be listed. */
  choices: string[]
}

export interface ModelOffer {
  /** null = any model that is not listed. */
  model: string | null
  modes: { mode: string; fields: FieldOffer[] }[]
}

/** An account that lets the console make videos. */
export interface AccountOffer {
  name: string
  provider: string
  /** The model of a request that names none. */
  model: string | null
  /** Whether the videos stay in a directory; otherwise a route takes them. */
  keeps: boolean
  models: ModelOffer[]
}

export interface FormImage {
  upload?: string
  kept?: number
}

/** What a person has filled in, as it is sent. */
export interface Form {
  account: string
  fields: Record<string, string>
  images: FormImage[]
  again?: string
  keep?: string[]
  fileName?: string
}

export interface Violation {
  field: string
  value: string | null
  allowed: string
}

/** How much of a budget is left; after the job null = it is not known. */
export interface Left {
  budget: string
  unit: string
  left: string
  leftAfter: string | null
}

export interface Check {
  violations: Violation[]
  warnings?: Violation[]
  model?: string | null
  mode?: string | null
  estimate?: { amount: string; unit: string } | null
  budgets?: Left[]
}

/** What has become of a form: one of these. Without an answer it is not known. */
export interface SubmitAnswer {
  /** Its job. */
  job?: string
  /** The job that it made before, with other contents or another account. */
  already?: string
  /** Why it made nothing. */
  refused?: string
  /** Why it made nothing, at its fields. */
  violations?: Violation[]
}

/** What another request starts from. */
export interface Again {
  job: string
  account: string
  /** Whether all of the request was stored. */
  complete: boolean
  fields: Record<string, string | number | boolean>
  images: string[]
  /** Fields that are kept without being shown. */
  keep: string[]
}

/** The server answers after 10 s at the latest, unless its store is slow as well. */
const SUBMIT_MS = 30_000
const UPLOAD_MS = 120_000

/** Makes videos in one Camel context. */
export class VideoSubmit {
  constructor(readonly mbean: string) {}

  /** None if the component does not have it. */
  static async find({ mbean }: VideoJobs, signal?: AbortSignal): Promise<VideoSubmit[]> {
    const names = await jolokia.search(mbean.replace(/\bname=[^,]+/, 'name=VideoSubmit*'), signal)
    return names.sort().map(name => new VideoSubmit(name))
  }

  async accounts(signal?: AbortSignal): Promise<AccountOffer[]> {
    return (await this.read<{ accounts: AccountOffer[] }>('offers', [], signal)).accounts
  }

  again(id: string, signal?: AbortSignal): Promise<Again> {
    return this.read('again', [id], signal)
  }

  check(form: Form, signal?: AbortSignal): Promise<Check> {
    return this.read('validate', [JSON.stringify(form)], signal)
  }

  /** The same key makes one job, however often it is sent. */
  submit(form: Form, key: string): Promise<SubmitAnswer> {
    return this.read('submit', [JSON.stringify(form), key], undefined, SUBMIT_MS)
  }

  /** @returns the image's id */
  async upload(image: File): Promise<string> {
    let response: Response
    try {
      response = await fetch(`videos/uploads?mbean=${encodeURIComponent(this.mbean)}`, {
        method: 'POST', headers: { 'Content-Type': image.type }, body: image, credentials: 'same-origin',
        signal: AbortSignal.timeout(UPLOAD_MS)
      })
    } catch {
      throw new ConnectionLost('The server cannot be reached.')
    }
    if (response.status === 401) {
      throw new ConnectionLost('You are logged out.', true)
    }
    if (!response.ok) {
      throw new Refused((await response.text()) || `The server answered ${response.status}.`)
    }
    return ((await response.json()) as { upload: string }).upload
  }

  private async read<T>(operation: string, args: unknown[], signal?: AbortSignal, timeoutMillis?: number): Promise<T> {
    return JSON.parse((await jolokia.exec(this.mbean, operation, args, signal, timeoutMillis)) as string) as T
  }
}

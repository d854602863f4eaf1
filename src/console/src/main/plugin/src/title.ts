import type { Job } from './jobs'

const SHORT = 8
/** A hash or a UUID is no name that a person gave. */
const NO_NAME = /^[0-9a-f]{24,}$|^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The tag of all that is made in the console. */
const CONSOLE = 'console'

/** What a person calls the job: its file, the last part of its key, its tag or how its prompt begins; else what it makes. */
export function title(job: Job): string {
  const tag = job.tag === CONSOLE ? null : job.tag
  return job.fileName ?? name(job.jobKey) ?? tag ?? job.promptStart ?? job.mode ?? `job ${shortId(job.id)}`
}

/** Where the video went, if it is not here and somebody said it. */
export const wentTo = (job: Job) => (job.deliveredTo === null ? null : `to ${job.deliveredTo}`)

export const shortId = (id: string) => id.slice(0, SHORT)

/** A key may be a path, with a size and a time after it. */
function name(key: string | null): string | null {
  const last = key?.split('|')[0]?.split(/[\\/]/).pop()?.trim() ?? ''
  return last === '' || NO_NAME.test(last) ? null : last
}

export const PATH = '/video-jobs'

/** The address of a job's page, within the console's. */
export const jobPath = (id: string) => `${PATH}/${encodeURIComponent(id)}`

/** The id of the job whose page an address is; undefined = it is that of all jobs. */
export function jobOf(pathname: string): string | undefined {
  const at = pathname.indexOf(`${PATH}/`)
  const id = at < 0 ? '' : pathname.slice(at + PATH.length + 1)
  try {
    return id === '' ? undefined : decodeURIComponent(id)
  } catch {
    // An address that somebody mistyped.
    return id
  }
}

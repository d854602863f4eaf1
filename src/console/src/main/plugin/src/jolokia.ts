/** The connection to the server failed, or the server no longer knows the login. */
export class ConnectionLost extends Error {
  constructor(
    message: string,
    readonly loggedOut = false
  ) {
    super(message)
  }
}

/** The server answered that it will not, or cannot, do this. */
export class Refused extends Error {}

const TIMEOUT_MS = 15_000

interface Answer {
  status: number
  value?: unknown
  error?: string
}

async function send(url: string, init: RequestInit, signal?: AbortSignal, timeoutMillis = TIMEOUT_MS): Promise<Response> {
  const timeout = AbortSignal.timeout(timeoutMillis)
  let response: Response
  try {
    response = await fetch(url, { ...init, credentials: 'same-origin', signal: signal ? AbortSignal.any([signal, timeout]) : timeout })
  } catch (error) {
    if (signal?.aborted) {
      throw error
    }
    throw new ConnectionLost(timeout.aborted ? `The server did not answer in ${timeoutMillis / 1000} seconds.` : 'The server cannot be reached.')
  }
  if (response.status === 401 || response.status === 403) {
    throw new ConnectionLost('You are logged out.', true)
  }
  if (!response.ok) {
    throw new ConnectionLost(`The server answered ${response.status}.`)
  }
  return response
}

async function call(request: Record<string, unknown>, signal?: AbortSignal, timeoutMillis?: number): Promise<unknown> {
  const response = await send(
    'jolokia',
    { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(request) },
    signal,
    timeoutMillis
  )
  const answer = (await response.json()) as Answer
  if (answer.status !== 200) {
    throw new Refused(plain(answer.error ?? `The server answered ${answer.status}.`))
  }
  return answer.value
}

/** "java.lang.IllegalStateException : There is no job" is for a log; people need the second half. */
function plain(error: string): string {
  return error.replace(/^([\w$]+\.)+[\w$]+\s*:\s*/, '')
}

export const jolokia = {
  search: (pattern: string, signal?: AbortSignal) => call({ type: 'search', mbean: pattern }, signal) as Promise<string[]>,
  read: (mbean: string, attributes: string[], signal?: AbortSignal) =>
    call({ type: 'read', mbean, attribute: attributes }, signal) as Promise<Record<string, unknown>>,
  exec: (mbean: string, operation: string, args: unknown[], signal?: AbortSignal, timeoutMillis?: number) =>
    call({ type: 'exec', mbean, operation, arguments: args }, signal, timeoutMillis),
  json: async <T>(url: string, signal?: AbortSignal, timeoutMillis?: number) => (await (await send(url, {}, signal, timeoutMillis)).json()) as T
}

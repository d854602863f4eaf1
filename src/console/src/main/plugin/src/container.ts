// A Module Federation container by hand: Hawtio calls init with what it shares, then get for our module.

declare const SHARED: string[]

type Factory = () => unknown
type ShareScope = Record<string, Record<string, { get: () => Promise<Factory> }>>

const page = globalThis as unknown as { __grokvideoShared: Record<string, unknown>; grokvideo: unknown }
let scope: ShareScope = {}

async function get(): Promise<Factory> {
  page.__grokvideoShared = {}
  for (const name of SHARED) {
    const version = Object.values(scope[name] ?? {})[0]
    if (!version) {
      throw new Error(`This Hawtio does not share ${name}, which the Video Jobs tab needs`)
    }
    page.__grokvideoShared[name] = (await version.get())()
  }
  const module = await import('./plugin')
  return () => module
}

page.grokvideo = {
  init: (shared: ShareScope) => {
    scope = shared
  },
  get
}

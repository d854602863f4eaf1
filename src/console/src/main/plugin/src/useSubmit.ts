import { useEffect, useState } from 'react'
import type { VideoJobs } from './jobs'
import { type AccountOffer, VideoSubmit } from './submit'

export interface Offer {
  submit: VideoSubmit
  /** Not empty. */
  accounts: AccountOffer[]
}

/** What may be made here; undefined = nothing, or it is not known yet, or this user may make nothing. */
export function useSubmit(jobs: VideoJobs, manager: boolean): { offer?: Offer; settled: boolean } {
  const [state, setState] = useState<{ offer?: Offer; settled: boolean }>({ settled: false })
  useEffect(() => {
    if (!manager) {
      return undefined
    }
    const controller = new AbortController()
    find(jobs, controller.signal).then(
      offer => setState({ offer, settled: true }),
      () => controller.signal.aborted || setState({ settled: true })
    )
    return () => controller.abort()
  }, [jobs, manager])
  return state
}

async function find(jobs: VideoJobs, signal: AbortSignal): Promise<Offer | undefined> {
  const [submit] = await VideoSubmit.find(jobs, signal)
  const accounts = await submit?.accounts(signal)
  return submit && accounts && accounts.length > 0 ? { submit, accounts } : undefined
}

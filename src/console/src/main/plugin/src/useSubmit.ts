import { useEffect, useState } from 'react'
import type { VideoJobs } from './jobs'
import { type AccountOffer, VideoSubmit } from './submit'
import { untilAnswered } from './untilAnswered'

export interface Offer {
  submit: VideoSubmit
  /** Not empty. */
  accounts: AccountOffer[]
}

interface Found {
  /** What may be made here; undefined = nothing, or it is not known yet, or this user may make nothing. */
  offer?: Offer
  /** Why it is not known. */
  error?: Error
  settled: boolean
}

export function useSubmit(jobs: VideoJobs, manager: boolean): Found {
  const [found, setFound] = useState<Found>({ settled: false })
  useEffect(() => {
    if (!manager) {
      return undefined
    }
    return untilAnswered(
      0,
      signal => find(jobs, signal),
      offer => setFound({ offer, settled: true }),
      error => setFound({ error, settled: false })
    )
  }, [jobs, manager])
  return found
}

async function find(jobs: VideoJobs, signal: AbortSignal): Promise<Offer | undefined> {
  const [submit] = await VideoSubmit.find(jobs, signal)
  const accounts = await submit?.accounts(signal)
  return submit && accounts && accounts.length > 0 ? { submit, accounts } : undefined
}

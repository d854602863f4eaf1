import { Badge, TabTitleText } from '@patternfly/react-core'
import React, { useCallback, useState } from 'react'
import { count } from './format'
import { total, type VideoProblems } from './problems'
import { usePolling } from './usePolling'

const POLL_MS = 10_000

/** The tab's name, with how much there is. */
export const ProblemsTab: React.FC<{ wrong: number }> = ({ wrong }) => (
  <TabTitleText>
    Gone wrong{wrong > 0 && <> <Badge screenReaderText={wrong === 1 ? 'problem' : 'problems'} className='grokvideo-badge'>{count(wrong)}</Badge></>}
  </TabTitleText>
)

/** How much has gone wrong, 0 until it is known, and how to say what was seen elsewhere. */
export function useProblemCount(problems: VideoProblems): [wrong: number, seen: (wrong: number) => void] {
  const [wrong, setWrong] = useState(0)
  const ask = useCallback(async (signal: AbortSignal) => {
    const counts = await problems.counts(signal)
    if (!signal.aborted) {
      setWrong(counts ? total(counts) : 0)
    }
  }, [problems])
  usePolling(ask, POLL_MS)
  return [wrong, setWrong]
}

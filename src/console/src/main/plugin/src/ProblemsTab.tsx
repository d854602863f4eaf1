import { Badge, TabTitleText } from '@patternfly/react-core'
import React, { useCallback } from 'react'
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

/** How much has gone wrong; 0 until it is known. */
export function useProblemCount(problems: VideoProblems): number {
  const ask = useCallback((signal: AbortSignal) => problems.counts(signal), [problems])
  const { data } = usePolling(ask, POLL_MS)
  return data ? total(data) : 0
}

import { Badge, TabTitleText } from '@patternfly/react-core'
import React, { useCallback } from 'react'
import { count } from './format'
import { total, type VideoProblems } from './problems'
import { usePolling } from './usePolling'

const POLL_MS = 10_000

/** The tab's name, with how much there is. */
export const ProblemsTab: React.FC<{ problems: VideoProblems }> = ({ problems }) => {
  const ask = useCallback((signal: AbortSignal) => problems.counts(signal), [problems])
  const { data } = usePolling(ask, POLL_MS)
  const wrong = data ? total(data) : 0
  return (
    <TabTitleText>
      Gone wrong{wrong > 0 && <> <Badge screenReaderText={wrong === 1 ? 'problem' : 'problems'} className='grokvideo-badge'>{count(wrong)}</Badge></>}
    </TabTitleText>
  )
}

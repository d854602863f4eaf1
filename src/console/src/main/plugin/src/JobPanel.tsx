import {
  Alert, AlertActionCloseButton, Button, DrawerActions, DrawerCloseButton, DrawerHead, DrawerPanelBody, DrawerPanelContent, Flex, Spinner
} from '@patternfly/react-core'
import React, { useCallback, useEffect, useRef, useState } from 'react'
import { ACTIONS } from './actions'
import { ActionDialog } from './ActionDialog'
import { ConnectionNotice } from './ConnectionNotice'
import { focusIsLost, focusSoon } from './focus'
import { JobFacts } from './JobFacts'
import { JobVideo } from './JobVideo'
import type { Action, VideoJobs } from './jobs'
import { JobProgress, StateLabel } from './StateLabel'
import { usePolling } from './usePolling'

const POLL_MS = 3_000

/** One job beside the table: what it is, what became of it, and what can be done. */
export const JobPanel: React.FC<{
  id: string
  jobs: VideoJobs
  manager: boolean
  now: number
  close: () => void
  changed: () => void
}> = ({ id, jobs, manager, now, close, changed }) => {
  const ask = useCallback((signal: AbortSignal) => jobs.job(id, signal), [jobs, id])
  const { data: job, error, refresh } = usePolling(ask, POLL_MS)
  const [action, setAction] = useState<Action>()
  const [notice, setNotice] = useState<string>()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => focusSoon(() => heading.current), [])
  // The button that opened the dialog may have gone with the job's new state.
  const offered = job?.actions.join()
  useEffect(() => (notice ? focusSoon(() => heading.current, focusIsLost) : undefined), [notice, offered])

  const finished = (text: string) => {
    setAction(undefined)
    setNotice(text)
    refresh()
    changed()
  }

  return (
    <DrawerPanelContent widths={{ default: 'width_100', lg: 'width_66', xl: 'width_50' }} aria-label={`Job ${id}`}>
      <DrawerHead>
        <h2 ref={heading} tabIndex={-1} className='pf-v6-c-title pf-m-lg grokvideo-mono'>{id}</h2>
        <DrawerActions>
          <DrawerCloseButton onClick={close} aria-label='Close the job' />
        </DrawerActions>
      </DrawerHead>
      <DrawerPanelBody>
        <ConnectionNotice error={error} />
        {notice && <Alert isInline isLiveRegion variant='success' title={notice} actionClose={<AlertActionCloseButton onClose={() => setNotice(undefined)} />} />}
        {!job && !error && <Spinner aria-label='Loading the job' />}
        {job && (
          <Flex direction={{ default: 'column' }} gap={{ default: 'gapLg' }} alignItems={{ default: 'alignItemsStretch' }}>
            <Flex gap={{ default: 'gapMd' }} alignItems={{ default: 'alignItemsCenter' }}>
              <StateLabel state={job.state} />
              <JobProgress job={job} />
              {manager && !error && job.actions.filter(each => each in ACTIONS).map(each => (
                <Button key={each} variant='secondary' size='sm' isDanger={ACTIONS[each].danger} onClick={() => setAction(each)}>
                  {ACTIONS[each].label}
                </Button>
              ))}
            </Flex>
            {job.error && (
              <Alert isInline isPlain variant={job.state === 'UNKNOWN' ? 'warning' : 'danger'} title={job.error.type} component='h3'>
                {job.error.message}
              </Alert>
            )}
            <JobVideo job={job} />
            <JobFacts job={job} now={now} />
          </Flex>
        )}
      </DrawerPanelBody>
      {job && action && <ActionDialog action={action} job={job} jobs={jobs} close={() => setAction(undefined)} done={finished} />}
    </DrawerPanelContent>
  )
}

import { Alert, AlertActionCloseButton, Breadcrumb, BreadcrumbItem, Spinner } from '@patternfly/react-core'
import React, { useCallback, useEffect, useRef, useState } from 'react'
import { Link } from 'react-router-dom'
import { ActionDialog } from './ActionDialog'
import { ConnectionNotice } from './ConnectionNotice'
import { focusIsLost, focusSoon } from './focus'
import { JobBody } from './JobBody'
import { JobId } from './JobId'
import type { Action, VideoJobs } from './jobs'
import { PATH } from './paths'
import { title } from './title'
import { useNow, usePolling } from './usePolling'

const POLL_MS = 3_000

/** One job: its video, what it is, what became of it, and what can be done. */
export const JobPage: React.FC<{
  id: string
  jobs: VideoJobs
  manager: boolean
  /** Opens a form that starts from this job's request; undefined = no videos can be made here. */
  again?: () => void
}> = ({ id, jobs, manager, again }) => {
  const ask = useCallback((signal: AbortSignal) => jobs.job(id, signal), [jobs, id])
  const { data: job, error, refresh } = usePolling(ask, POLL_MS)
  const [action, setAction] = useState<Action>()
  const [notice, setNotice] = useState<string>()
  const now = useNow()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => focusSoon(() => heading.current), [])
  // The button that opened the dialog may have gone with the job's new state.
  const offered = job?.actions.join()
  useEffect(() => (notice ? focusSoon(() => heading.current, focusIsLost) : undefined), [notice, offered])

  const finished = (text: string) => {
    setAction(undefined)
    setNotice(text)
    refresh()
  }

  return (
    <article className='grokvideo-detail' data-job={id}>
      <Breadcrumb>
        <BreadcrumbItem render={({ className }) => <Link className={className} to={PATH}>Video Jobs</Link>} />
        <BreadcrumbItem isActive>{job ? title(job) : id}</BreadcrumbItem>
      </Breadcrumb>
      <div className='grokvideo-head'>
        <h1 ref={heading} tabIndex={-1} className='pf-v6-c-title pf-m-xl'>{job ? title(job) : id}</h1>
        <JobId id={id} />
      </div>
      <ConnectionNotice error={error} />
      {notice && <Alert isInline isLiveRegion variant='success' title={notice} actionClose={<AlertActionCloseButton onClose={() => setNotice(undefined)} />} />}
      {!job && !error && <Spinner aria-label='Loading the job' />}
      {job && <JobBody job={job} jobs={jobs} now={now} act={manager && !error ? setAction : undefined} again={again} />}
      {job && action && <ActionDialog action={action} job={job} jobs={jobs} close={() => setAction(undefined)} done={finished} />}
    </article>
  )
}

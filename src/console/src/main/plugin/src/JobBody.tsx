import { Alert, Button } from '@patternfly/react-core'
import React from 'react'
import { ACTIONS } from './actions'
import { cost } from './format'
import { JobFacts } from './JobFacts'
import { JobChain } from './JobChain'
import { JobRequest } from './JobRequest'
import { JobVideo } from './JobVideo'
import type { Action, JobDetail, VideoJobs } from './jobs'
import { nextStep } from './nextStep'
import { Section } from './Section'
import { JobProgress, StateLabel } from './StateLabel'
import { Timeline } from './Timeline'

const costSource = ({ cost: value, estimate }: JobDetail) =>
  value?.estimated ? 'estimated from the model’s prices'
    : `reported by the gateway${estimate ? ` (est. ${cost(estimate)})` : ''}`

/** A task that was submitted elsewhere has none. */
const hasRequest = ({ submits, taskId }: JobDetail) => submits > 0 || taskId === null

/** The video at the left, what was asked for and what can be done at the right; below one another where there is no room. */
export const JobBody: React.FC<{
  job: JobDetail
  jobs: VideoJobs
  now: number
  /** undefined = nothing may be done, by this user or now. */
  act: ((action: Action) => void) | undefined
  again: (() => void) | undefined
}> = ({ job, jobs, now, act, again }) => (
  <div className='grokvideo-columns'>
    <div className='grokvideo-column'>
      <JobVideo job={job} />
      {job.sourceJob && <JobChain job={job} jobs={jobs} />}
      <Section title='Where the time went'><Timeline job={job} now={now} /></Section>
    </div>
    <div className='grokvideo-column'>
      <div className='grokvideo-head'>
        <StateLabel state={job.state} />
        <JobProgress job={job} />
        {job.cost && <span><strong>{cost(job.cost)}</strong> {costSource(job)}</span>}
      </div>
      {job.error && (
        <Alert isInline isPlain variant={job.state === 'UNKNOWN' ? 'warning' : 'danger'} title={job.error.type} component='h2'>
          {job.error.message}
        </Alert>
      )}
      <p className='grokvideo-next'><strong>Next: </strong>{nextStep(job, now)}</p>
      {act && (again || job.actions.some(each => each in ACTIONS)) && (
        <div className='grokvideo-head'>
          {again && hasRequest(job) && <Button variant='secondary' size='sm' onClick={again}>Again with changes…</Button>}
          {job.actions.filter(each => each in ACTIONS).map(each => (
            <Button key={each} variant='secondary' size='sm' isDanger={ACTIONS[each].danger} onClick={() => act(each)}>
              {ACTIONS[each].label}
            </Button>
          ))}
        </div>
      )}
      <JobRequest request={job.request} />
      <JobFacts job={job} />
    </div>
  </div>
)

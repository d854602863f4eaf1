import { Label, type LabelProps, Progress, ProgressSize } from '@patternfly/react-core'
import React from 'react'
import type { Job } from './jobs'

const STATUS: Record<string, LabelProps['status']> = {
  DELIVERED: 'success',
  REJECTED: 'danger',
  FAILED: 'danger',
  MODERATED: 'warning',
  EXPIRED: 'warning',
  CANCELLED: 'info',
  UNKNOWN: 'warning'
}
const COLOR: Record<string, LabelProps['color']> = { RUNNING: 'blue', ACCEPTED: 'teal', RENDERED: 'purple', DOWNLOADED: 'purple' }

/** A job's state, by its word, an icon and a colour. */
export const StateLabel: React.FC<{ state: string }> = ({ state }) => (
  <Label isCompact status={STATUS[state]} color={COLOR[state]} variant='outline'>
    {state}
  </Label>
)

/** How far the gateway says a job is that it works on; nothing where it does not say. */
export const JobProgress: React.FC<{ job: Job }> = ({ job }) =>
  job.progress !== null && (job.state === 'ACCEPTED' || job.state === 'RUNNING') && (
    <Progress value={job.progress} size={ProgressSize.sm} aria-label={`Progress of ${job.id}`} className='grokvideo-progress' />
  )

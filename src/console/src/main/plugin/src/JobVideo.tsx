import React, { useState } from 'react'
import { type JobDetail, videoUrl } from './jobs'

/** The video, or where it went. */
export const JobVideo: React.FC<{ job: JobDetail }> = ({ job }) => {
  const [broken, setBroken] = useState(false)
  if (job.filePresent && !broken) {
    return (
      <video className='grokvideo-video' controls preload='metadata' src={videoUrl(job.id)} onError={() => setBroken(true)}
        aria-label={`Video of job ${job.id}`} />
    )
  }
  return <p>{broken ? 'The video cannot be played: its file has gone, or is no video this browser knows.' : whereItWent(job)}</p>
}

function whereItWent(job: JobDetail): string {
  if (job.state === 'UNKNOWN') {
    return 'Whether a video was made is not known.'
  }
  if (job.error) {
    return 'There is no video: the job failed.'
  }
  if (!job.endedAt) {
    return 'There is no video yet.'
  }
  const handed = job.route ? `The video was handed to the route ${job.route}` : 'The video was handed on'
  return job.file ? `${handed}; its file ${job.file} is no longer there.` : `${handed}; no file is kept here.`
}

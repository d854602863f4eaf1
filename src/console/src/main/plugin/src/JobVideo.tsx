import React, { useEffect, useState } from 'react'
import type { JobDetail } from './jobs'
import { Player } from './Player'

/** The video, or where it went. */
export const JobVideo: React.FC<{ job: JobDetail }> = ({ job }) => {
  const [broken, setBroken] = useState(false)
  // It may have been fetched anew.
  useEffect(() => setBroken(false), [job.state, job.filePresent])
  if (job.filePresent && !broken) {
    return <Player job={job} failed={() => setBroken(true)} />
  }
  return (
    <p className='grokvideo-novideo'>
      {broken ? 'The video cannot be played now: its file has gone, or is no video this browser knows.' : whereItWent(job)}
    </p>
  )
}

function whereItWent(job: JobDetail): string {
  if (job.state === 'UNKNOWN') {
    return 'Whether a video was made is not known.'
  }
  if (job.state === 'CANCELLED') {
    return 'There is no video: the job was cancelled.'
  }
  if (job.error) {
    return 'There is no video: the job failed.'
  }
  if (job.deliveredTo) {
    // What a route put somewhere was downloaded first.
    return job.sha256 ? `The route ${job.route ?? 'that took the video'} has put it at ${job.deliveredTo}.` : `The gateway has put the video at ${job.deliveredTo}.`
  }
  if (job.urlOnly && (job.state === 'RENDERED' || job.state === 'DELIVERED')) {
    return 'The video stays at the gateway: the route asked for its URL only.'
  }
  if (job.state === 'DOWNLOADED') {
    return job.file
      ? `The video is not on this node: its file ${job.file} is where the job was downloaded.`
      : 'The video is downloaded, and not kept on this node.'
  }
  if (!job.endedAt) {
    return job.state === 'RENDERED' ? 'The video is made and being downloaded.' : 'There is no video yet.'
  }
  const handed = job.route ? `The video was handed to the route ${job.route}` : 'The video was handed on'
  return job.file ? `${handed}; its file ${job.file} is no longer there.` : `${handed}; no file is kept here.`
}

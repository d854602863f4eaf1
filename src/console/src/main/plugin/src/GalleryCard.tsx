import React, { useState } from 'react'
import { Link } from 'react-router-dom'
import { clock, cost, since } from './format'
import { Icon } from './Icon'
import { type Job, videoUrl } from './jobs'
import { jobPath } from './paths'
import { JobProgress, StateLabel } from './StateLabel'
import { title, wentTo } from './title'
import { usePoster } from './usePoster'

/** A job as a card. Its video plays without sound while the pointer or the focus is on it. */
export const GalleryCard: React.FC<{ job: Job; now: number }> = ({ job, now }) => {
  const { poster, element } = usePoster<HTMLLIElement>(job)
  const [playing, setPlaying] = useState(false)
  const play = () => setPlaying(true)
  const stop = () => setPlaying(false)
  return (
    <li ref={element} className='grokvideo-card' data-job={job.id} onPointerEnter={play} onPointerLeave={stop} onFocus={play} onBlur={stop}>
      <div className='grokvideo-screen'>
        {poster ? <img src={poster.picture} alt='' /> : <Icon name='film' />}
        {playing && poster && <video muted autoPlay loop playsInline src={videoUrl(job.id)} aria-hidden='true' />}
        {poster && <span className='grokvideo-length'>{clock(poster.seconds)}</span>}
      </div>
      <div className='grokvideo-caption'>
        <Link to={jobPath(job.id)} className='grokvideo-title' title={job.jobKey ?? title(job)}>{title(job)}</Link>
        <div className='grokvideo-facts'>
          <StateLabel state={job.state} />
          <JobProgress job={job} />
          <span>{cost(job.cost)}</span>
        </div>
        <span className='grokvideo-sub grokvideo-line' title={job.deliveredTo ?? undefined}>
          {wentTo(job) ?? `${job.provider} · ${since(job.createdAt, now, 1)} ago`}
        </span>
      </div>
    </li>
  )
}

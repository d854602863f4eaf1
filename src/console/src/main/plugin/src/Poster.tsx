import React, { useState } from 'react'
import { clock } from './format'
import { Icon } from './Icon'
import type { Job } from './jobs'
import { PlayDialog } from './PlayDialog'
import { title } from './title'
import { usePoster } from './usePoster'

/** A small picture of the video; pressed, it plays. */
export const Poster: React.FC<{ job: Job }> = ({ job }) => {
  const { poster, element } = usePoster<HTMLSpanElement>(job)
  const [playing, setPlaying] = useState(false)
  return (
    <span ref={element} className='grokvideo-poster'>
      {poster ? (
        <>
          <button type='button' className='grokvideo-play' aria-label={`Play ${title(job)}`} onClick={() => setPlaying(true)}>
            <img src={poster.picture} alt='' />
          </button>
          <span className='grokvideo-length'>{clock(poster.seconds)}</span>
        </>
      ) : <Icon name='film' />}
      {playing && <PlayDialog job={job} close={() => setPlaying(false)} />}
    </span>
  )
}

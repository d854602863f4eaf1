import { Button, Checkbox, FormSelect, FormSelectOption } from '@patternfly/react-core'
import React, { useEffect, useRef, useState } from 'react'
import { CopyButton } from './CopyButton'
import { type Job, videoUrl } from './jobs'
import { title } from './title'

/** Has every browser show a picture of the file before it plays. */
const FIRST_PICTURE = '#t=0.001'
const SPEEDS = [0.25, 0.5, 1, 1.5, 2]
const FRAME_SECONDS = 1 / 24

/** A video with what a person needs who looks at it closely. */
export const Player: React.FC<{ job: Job; failed: () => void }> = ({ job, failed }) => {
  const video = useRef<HTMLVideoElement>(null)
  const [speed, setSpeed] = useState(1)
  const [loop, setLoop] = useState(false)
  useEffect(() => {
    if (video.current) {
      video.current.playbackRate = speed
    }
  }, [speed])
  const step = (seconds: number) => {
    if (video.current) {
      video.current.pause()
      video.current.currentTime = Math.max(0, video.current.currentTime + seconds)
    }
  }
  return (
    <div>
      <video ref={video} className='grokvideo-video' controls playsInline preload='metadata' loop={loop} src={`${videoUrl(job.id)}${FIRST_PICTURE}`}
        onError={failed} aria-label={`Video ${title(job)}`} />
      <div className='grokvideo-controls'>
        <Button variant='secondary' size='sm' onClick={() => step(-FRAME_SECONDS)}>Back 1 frame</Button>
        <Button variant='secondary' size='sm' onClick={() => step(FRAME_SECONDS)}>On 1 frame</Button>
        <FormSelect value={speed} onChange={(_, value) => setSpeed(Number(value))} aria-label='Speed'>
          {SPEEDS.map(value => <FormSelectOption key={value} value={value} label={`${value} ×`} />)}
        </FormSelect>
        <Checkbox id='player-loop' label='Loop' isChecked={loop} onChange={(_, checked) => setLoop(checked)} />
        <Button variant='secondary' size='sm' component='a' href={videoUrl(job.id)} download={fileName(job)}>Download</Button>
        <CopyButton text={location.href} name='Copy link' label='Copy link' />
      </div>
    </div>
  )
}

const fileName = (job: Job) => job.fileName ?? `${job.id}.mp4`

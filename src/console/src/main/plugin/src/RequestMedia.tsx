import React, { useState } from 'react'
import { Link } from 'react-router-dom'
import { Icon } from './Icon'
import { jobPath } from './paths'
import { shortId } from './title'

const KINDS: Record<string, string> = { images: 'image', video: 'source video', firstFrame: 'first frame', lastFrame: 'last frame', keyframes: 'keyframe' }
const JOB = 'job:'

/** As the component names the images that were uploaded with this console's form. */
const UPLOADED = /\bconsole-uploads[\\/]([0-9a-f-]{36}\.(?:png|jpg|webp|gif))$/

/** An image or a video that a request names: by the last part of its name, or by the job that made it. */
export const RequestMedia: React.FC<{ kind: string; text: string }> = ({ kind, text }) => (
  <li>
    <MediaPicture uploaded={UPLOADED.exec(text)?.[1]} kind={kind} />
    <span>
      {text.startsWith(JOB)
        ? <Link to={jobPath(text.slice(JOB.length))}>job {shortId(text.slice(JOB.length))}</Link>
        : <span title={text} className='grokvideo-mono'>{text.split(/[\\/]/).pop() || text}</span>}
      <span className='grokvideo-sub'> {KINDS[kind] ?? kind}</span>
    </span>
  </li>
)

/** An image is kept for a day after its last use: later, an icon stands for it. */
const MediaPicture: React.FC<{ uploaded: string | undefined; kind: string }> = ({ uploaded, kind }) => {
  const [gone, setGone] = useState(false)
  return uploaded && !gone
    ? <img src={`videos/uploads/${uploaded}`} alt={KINDS[kind] ?? kind} loading='lazy' onError={() => setGone(true)} />
    : <Icon name='film' />
}

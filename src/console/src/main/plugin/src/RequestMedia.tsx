import React from 'react'
import { Link } from 'react-router-dom'
import { Icon } from './Icon'
import { jobPath } from './paths'
import { shortId } from './title'

const KINDS: Record<string, string> = { images: 'image', video: 'source video', firstFrame: 'first frame', lastFrame: 'last frame', keyframes: 'keyframe' }
const JOB = 'job:'

/** An image or a video that a request names: by the last part of its name, or by the job that made it. */
export const RequestMedia: React.FC<{ kind: string; text: string }> = ({ kind, text }) => (
  <li>
    <Icon name='film' />
    <span>
      {text.startsWith(JOB)
        ? <Link to={jobPath(text.slice(JOB.length))}>job {shortId(text.slice(JOB.length))}</Link>
        : <span title={text} className='grokvideo-mono'>{text.split(/[\\/]/).pop() || text}</span>}
      <span className='grokvideo-sub'> {KINDS[kind] ?? kind}</span>
    </span>
  </li>
)

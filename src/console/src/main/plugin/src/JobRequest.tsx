import React from 'react'
import { entries, Facts } from './Facts'
import { RequestMedia } from './RequestMedia'

/** Media are shown by themselves, as they are what people look for. */
const MEDIA = ['images', 'video', 'firstFrame', 'lastFrame', 'keyframes']

/** What was asked for. */
export const JobRequest: React.FC<{ request: Record<string, unknown> | null }> = ({ request }) => {
  const { prompt, ...others } = request ?? {}
  const fields = Object.fromEntries(Object.entries(others).filter(([key]) => !MEDIA.includes(key)))
  const media = MEDIA.flatMap(key => texts(others[key]).map(text => ({ key, text })))
  return (
    <Facts title='Request' rows={entries(fields)} more={typeof prompt === 'string' || media.length > 0}>
      {typeof prompt === 'string' && <blockquote className='grokvideo-prompt'>{prompt}</blockquote>}
      {media.length > 0 && (
        <ul className='grokvideo-media' aria-label='Images and videos of the request'>
          {media.map(({ key, text }, i) => <RequestMedia key={`${key} ${i}`} kind={key} text={text} />)}
        </ul>
      )}
    </Facts>
  )
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : value === undefined || value === null ? [] : [String(value)]
}

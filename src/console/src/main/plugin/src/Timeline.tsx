import React from 'react'
import { dateTime, duration } from './format'
import type { JobDetail } from './jobs'
import { type Phase, phases } from './phases'

const SHORT_MS = 1_000

const text = (millis: number) => (millis < SHORT_MS ? `${Math.round(millis)} ms` : duration(millis))

/** A bar of what the job spent its time on, and the moments themselves. */
export const Timeline: React.FC<{ job: JobDetail; now: number }> = ({ job, now }) => {
  const all = phases(job, now)
  const words = all.map(phase => `${phase.name} ${text(phase.millis)}`).join(', ')
  return (
    <>
      {all.length > 0 && (
        <>
          <div className='grokvideo-bar' role='img' aria-label={`Time: ${words}`}>
            {all.map(phase => <span key={phase.name} style={{ flexGrow: share(phase, all), background: phase.color }} />)}
          </div>
          <ul className='grokvideo-legend' aria-hidden='true'>
            {all.map(({ name, color, millis }) => <li key={name}><i style={{ background: color }} />{name} {text(millis)}</li>)}
          </ul>
        </>
      )}
      <details className='grokvideo-steps'>
        <summary>Each state and its time</summary>
        <ol className='grokvideo-timeline'>
          {job.timeline.map(step => (
            <li key={`${step.state} ${step.at}`}>
              <span>{step.state}</span>
              <time className='grokvideo-sub' dateTime={step.at}>{dateTime(step.at)}</time>
            </li>
          ))}
        </ol>
      </details>
    </>
  )
}

/** Wide enough to be seen, however short. */
function share(phase: Phase, all: Phase[]): number {
  const total = all.reduce((sum, { millis }) => sum + millis, 0)
  return Math.max(phase.millis, total / 100, 1)
}

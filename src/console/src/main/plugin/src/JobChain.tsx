import { Button } from '@patternfly/react-core'
import React, { useEffect, useState } from 'react'
import { Link } from 'react-router-dom'
import { type JobDetail, videoUrl, type VideoJobs } from './jobs'
import { jobPath } from './paths'
import { Poster } from './Poster'
import { Section } from './Section'
import { title } from './title'

const LONGEST = 20

/** The videos that this one came from, the first of them first, and this one; they can be played one after the other. */
export const JobChain: React.FC<{ job: JobDetail; jobs: VideoJobs }> = ({ job, jobs }) => {
  const before = useSources(job.sourceJob, jobs)
  const chain = [...before, job]
  const playable = chain.filter(each => each.filePresent)
  const [playing, setPlaying] = useState<number>()
  const current = playing === undefined ? undefined : playable[playing]
  const next = () => setPlaying(at => (at === undefined || at + 1 >= playable.length ? undefined : at + 1))
  return (
    <Section title='Made one from the other'>
      <ol className='grokvideo-chain'>
        {chain.map(each => (
          <li key={each.id} data-job={each.id} aria-current={each.id === current?.id ? 'step' : undefined}>
            <Poster job={each} />
            <span className='grokvideo-sub'>{each.mode}</span>
            {each.id === job.id ? <span>this video</span> : <Link to={jobPath(each.id)} className='grokvideo-title'>{title(each)}</Link>}
          </li>
        ))}
      </ol>
      {playable.length > 1 && (
        <Button variant='secondary' size='sm' onClick={() => setPlaying(current ? undefined : 0)}>
          {current ? 'Stop' : `Play all ${playable.length} in order`}
        </Button>
      )}
      {current && <video key={current.id} className='grokvideo-video' controls autoPlay playsInline src={videoUrl(current.id)} onEnded={next} onError={next}
        aria-label={`Video ${title(current)}`} />}
    </Section>
  )
}

/** Asked for once: they have ended long ago. One that was purged ends the chain. */
function useSources(first: string | null, jobs: VideoJobs): JobDetail[] {
  const [sources, setSources] = useState<JobDetail[]>([])
  useEffect(() => {
    const controller = new AbortController()
    const follow = async () => {
      const found: JobDetail[] = []
      for (let id = first; id !== null && found.length < LONGEST && !found.some(each => each.id === id);) {
        const source: JobDetail = await jobs.job(id, controller.signal)
        found.unshift(source)
        setSources([...found])
        id = source.sourceJob
      }
    }
    follow().catch(() => undefined)
    return () => controller.abort()
  }, [first, jobs])
  return sources
}

import React from 'react'
import { GalleryCard } from './GalleryCard'
import type { Job } from './jobs'

/** The jobs of a page as cards, the picture first. */
export const Gallery: React.FC<{ jobs: Job[]; now: number }> = ({ jobs, now }) => (
  <ul className='grokvideo-gallery' aria-label='Video jobs, a page of them'>
    {jobs.map(job => <GalleryCard key={job.id} job={job} now={now} />)}
  </ul>
)

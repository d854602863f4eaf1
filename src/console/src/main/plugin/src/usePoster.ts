import { type RefObject, useEffect, useRef, useState } from 'react'
import type { Job } from './jobs'
import { knownPoster, mayHavePoster, type Poster, takePoster } from './posters'

/** The picture of a job's video, taken only when the element has come into view. */
export function usePoster<E extends HTMLElement>(job: Job): { poster: Poster | undefined; element: RefObject<E> } {
  const element = useRef<E>(null)
  const [poster, setPoster] = useState(() => knownPoster(job))
  const hash = mayHavePoster(job) ? job.sha256 : null

  useEffect(() => {
    const before = knownPoster(job)
    setPoster(before)
    if (before || hash === null || !element.current) {
      return undefined
    }
    let wanted = true
    const observer = new IntersectionObserver(entries => {
      if (entries.some(entry => entry.isIntersecting)) {
        observer.disconnect()
        void takePoster(job, () => wanted).then(taken => wanted && setPoster(taken))
      }
    })
    observer.observe(element.current)
    return () => {
      wanted = false
      observer.disconnect()
    }
  }, [job.id, hash])

  return { poster, element }
}

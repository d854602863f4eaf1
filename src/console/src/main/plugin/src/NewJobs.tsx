import { Button } from '@patternfly/react-core'
import React from 'react'
import { count } from './format'

/** Announces jobs that were created since the page was fetched. It lies over the page, so that nothing moves. */
export const NewJobs: React.FC<{ fresh: number; show: () => void }> = ({ fresh, show }) => (
  <div className='grokvideo-fresh' aria-live='polite'>
    {fresh > 0 && <Button variant='primary' size='sm' onClick={show}>{count(fresh)} new {fresh === 1 ? 'job' : 'jobs'}</Button>}
  </div>
)

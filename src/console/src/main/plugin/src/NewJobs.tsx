import { Button } from '@patternfly/react-core'
import React from 'react'
import { count } from './format'

/** Announces what has come into the list, or left it, since the page was fetched. It lies over the page, so that nothing moves. */
export const NewJobs: React.FC<{ fresh: number; stale: boolean; show: () => void }> = ({ fresh, stale, show }) => (
  <div className='grokvideo-fresh' aria-live='polite'>
    {(fresh > 0 || stale) && (
      <Button variant='primary' size='sm' onClick={show}>
        {fresh > 0 ? `${count(fresh)} new ${fresh === 1 ? 'job' : 'jobs'}` : 'The list has changed'}
      </Button>
    )}
  </div>
)

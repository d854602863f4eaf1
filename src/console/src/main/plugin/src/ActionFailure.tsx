import { Alert } from '@patternfly/react-core'
import React from 'react'
import { ConnectionLost } from './jolokia'

/** Why an action did not succeed. Without an answer it may have been done all the same, and may have cost: that is said, not guessed. */
export const ActionFailure: React.FC<{ failure: Error; lookAt?: string }> = ({ failure, lookAt = 'jobs' }) =>
  failure instanceof ConnectionLost && !failure.loggedOut ? (
    <Alert isInline variant='warning' component='p' title='Whether it was done is not known'>
      {failure.message} Look at the {lookAt} before you try again.
    </Alert>
  ) : (
    <Alert isInline variant='danger' component='p' title='It did not succeed'>{failure.message}</Alert>
  )

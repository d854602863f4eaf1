import { Alert } from '@patternfly/react-core'
import React from 'react'
import { ConnectionLost } from './jolokia'

/** Says when the connection is lost, and when it is back; screen readers are told both. */
export const ConnectionNotice: React.FC<{ error: Error | undefined }> = ({ error }) => (
  <div aria-live='polite' role='status' data-testid='connection'>
    {error === undefined ? <span className='pf-v6-screen-reader'>Connected</span> : <Notice error={error} />}
  </div>
)

const Notice: React.FC<{ error: Error }> = ({ error }) => {
  if (!(error instanceof ConnectionLost)) {
    return <Alert isInline variant='danger' title='The server could not answer'>{error.message}</Alert>
  }
  return error.loggedOut ? (
    <Alert isInline variant='warning' title='You are logged out'>
      <a href='login'>Log in again</a>
    </Alert>
  ) : (
    <Alert isInline variant='warning' title='The connection is lost'>
      {error.message} What is shown may be old; trying again.
    </Alert>
  )
}

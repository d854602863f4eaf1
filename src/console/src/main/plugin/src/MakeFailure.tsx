import { Alert } from '@patternfly/react-core'
import React from 'react'
import { Link } from 'react-router-dom'
import { jobPath } from './paths'
import type { SubmitAnswer } from './submit'
import { shortId } from './title'

export const UNANSWERED = 'Whether the video was made is not known'
export const SEND_AGAIN =
  'Send this form again: it makes one video only, however often it is sent. A new form would make, and cost, another.'

/**
 * Why a form has led to no job. It was not made only where the server says so: whoever believes that of a lost answer opens a new form, and
 * pays twice.
 */
export const MakeFailure: React.FC<{ failure: Error | SubmitAnswer; unanswered: boolean }> = ({ failure, unanswered }) => {
  const { already, message } = failure instanceof Error ? { already: undefined, message: failure.message }
    : { already: failure.already, message: failure.refused }
  if (already !== undefined) {
    return (
      <Alert isInline variant='warning' component='p' title='This form has made a video already'>
        It was another request, or another account: <Link to={jobPath(already)}>job {shortId(already)}</Link>. Nothing was charged now.
        Open a new form for another video.
      </Alert>
    )
  }
  return unanswered ? (
    <Alert isInline variant='warning' component='p' title={UNANSWERED}>{message} {SEND_AGAIN}</Alert>
  ) : (
    <Alert isInline variant='danger' component='p' title='It was not made'>{message}</Alert>
  )
}

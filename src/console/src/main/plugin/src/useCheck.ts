import { useEffect, useState } from 'react'
import { type Draft, formOf } from './draft'
import type { Check, VideoSubmit } from './submit'
import { untilAnswered } from './untilAnswered'

const TYPING_PAUSE_MS = 300

interface Checked {
  /** Of the form as it was then. */
  form: string
  check?: Check
  error?: Error
}

/**
 * Has the form checked whenever the typing pauses, and again after a failure. The last answer stays until there is another; `fresh` = it is
 * about the form as it is.
 */
export function useCheck(submit: VideoSubmit, draft: Draft): { check?: Check; error?: Error; fresh: boolean } {
  const form = JSON.stringify(formOf(draft))
  const [last, setLast] = useState<Checked>({ form: '' })
  useEffect(() => untilAnswered(
    TYPING_PAUSE_MS,
    signal => submit.check(JSON.parse(form), signal),
    check => setLast({ form, check }),
    error => setLast(({ check }) => ({ form, check, error }))
  ), [submit, form])
  return { check: last.check, error: last.error, fresh: last.form === form && last.error === undefined }
}

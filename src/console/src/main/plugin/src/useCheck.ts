import { useEffect, useState } from 'react'
import { type Draft, formOf } from './draft'
import type { Check, VideoSubmit } from './submit'

const TYPING_PAUSE_MS = 300

interface Checked {
  /** Of the form as it was then. */
  form: string
  check?: Check
  error?: Error
}

/** Has the form checked whenever the typing pauses. The last answer stays until there is another; `fresh` = it is about the form as it is. */
export function useCheck(submit: VideoSubmit, draft: Draft): { check?: Check; error?: Error; fresh: boolean } {
  const form = JSON.stringify(formOf(draft))
  const [last, setLast] = useState<Checked>({ form: '' })
  useEffect(() => {
    const controller = new AbortController()
    const timer = setTimeout(() => {
      submit.check(JSON.parse(form), controller.signal).then(
        check => controller.signal.aborted || setLast({ form, check }),
        error => controller.signal.aborted || setLast(({ check }) => ({ form, check, error: error instanceof Error ? error : new Error(String(error)) }))
      )
    }, TYPING_PAUSE_MS)
    return () => {
      controller.abort()
      clearTimeout(timer)
    }
  }, [submit, form])
  return { check: last.check, error: last.error, fresh: last.form === form && last.error === undefined }
}

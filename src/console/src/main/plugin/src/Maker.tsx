import { Alert, Button } from '@patternfly/react-core'
import React, { useEffect, useState } from 'react'
import { Link, useNavigate } from 'react-router-dom'
import { ConnectionNotice } from './ConnectionNotice'
import { type Draft, forgetDraft, formOf, storeDraft } from './draft'
import { MOST_IMAGES, thumbnail, unfit } from './images'
import { ConnectionLost } from './jolokia'
import { MakeCost } from './MakeCost'
import { MakeDialog } from './MakeDialog'
import { SEND_AGAIN, UNANSWERED } from './MakeFailure'
import { MakeForm } from './MakeForm'
import { jobPath } from './paths'
import type { SubmitAnswer, Violation } from './submit'
import { useCheck } from './useCheck'
import type { Offer } from './useSubmit'
import { shortId } from './title'

const PLACED = [
  'prompt', 'negativePrompt', 'images', 'model', 'mode', 'duration', 'aspectRatio', 'resolution', 'seed', 'generateAudio', 'video',
  'fileName'
]

/** A form with its key: checked while it is filled in, and sent once. */
export const Maker: React.FC<{ formKey: string; offer: Offer; first: Draft }> = ({ formKey, offer: { submit, accounts }, first }) => {
  const [draft, setDraft] = useState(first)
  const [touched, setTouched] = useState(first.again !== undefined || Object.keys(first.fields).length > 0)
  const [uploading, setUploading] = useState(0)
  const [problem, setProblem] = useState<string>()
  const [asking, setAsking] = useState(false)
  const [refused, setRefused] = useState<Violation[]>()
  const { check, error, fresh } = useCheck(submit, draft)
  const navigate = useNavigate()
  const account = accounts.find(({ name }) => name === draft.account)
  useEffect(() => storeDraft(formKey, draft), [formKey, draft])

  const change = (part: Partial<Draft>) => {
    setTouched(true)
    setRefused(undefined)
    setDraft(draft => ({ ...draft, ...part }))
  }
  const violations = refused ?? check?.violations ?? []
  const ready = fresh && violations.length === 0 && uploading === 0
  const elsewhere = violations.filter(({ field }) => !PLACED.includes(field))

  /** One after the other: each is in the server's memory as a whole. */
  const add = async (files: File[]) => {
    const suitable = files.filter(file => unfit(file) === undefined)
    const fit = suitable.slice(0, Math.max(0, MOST_IMAGES - draft.images.length - uploading))
    const tooMany = fit.length < suitable.length ? `A form has at most ${MOST_IMAGES} images.` : undefined
    setProblem([...files.map(unfit), tooMany].filter(Boolean).join(' ') || undefined)
    setUploading(count => count + fit.length)
    for (const file of fit) {
      try {
        const upload = await submit.upload(file)
        const picture = await thumbnail(file)
        setTouched(true)
        setDraft(draft => ({ ...draft, images: [...draft.images, { upload, name: file.name, picture }] }))
      } catch (failure) {
        setProblem(`${file.name}: ${failure instanceof Error ? failure.message : String(failure)}`)
      } finally {
        setUploading(count => count - 1)
      }
    }
  }
  const send = async () => {
    const unanswered = draft.unanswered === true
    // Before it is sent: the page may be loaded again before an answer comes.
    setDraft(draft => ({ ...draft, unanswered: true }))
    let answer: SubmitAnswer
    try {
      answer = await submit.submit(formOf(draft), formKey)
    } catch (failure) {
      // Whoever is logged out has sent nothing.
      if (failure instanceof ConnectionLost && failure.loggedOut) {
        setDraft(draft => ({ ...draft, unanswered }))
      }
      throw failure
    }
    if (answer.job !== undefined) {
      forgetDraft(formKey)
      // Back leads to where the form was opened, not to a form that has been sent.
      navigate(jobPath(answer.job), { replace: true })
      return answer
    }
    setDraft(draft => ({ ...draft, unanswered }))
    if (answer.violations) {
      setRefused(answer.violations)
      setAsking(false)
    }
    return answer
  }

  return account === undefined ? null : (
    <>
      <ConnectionNotice error={error} />
      {draft.again && (
        <p className='grokvideo-sub'>From the request of <Link to={jobPath(draft.again)}>job {shortId(draft.again)}</Link>.</p>
      )}
      {draft.incomplete && (
        <Alert isInline variant='warning' component='p' title='Some of the earlier request was not stored'>
          Add what is missing, such as its prompt or its images.
        </Alert>
      )}
      {draft.unanswered && !asking && (
        <Alert isInline variant='warning' component='p' title={UNANSWERED}>{SEND_AGAIN}</Alert>
      )}
      <MakeForm draft={draft} change={change} accounts={accounts} account={account} found={check?.mode ?? undefined}
        violations={touched ? violations : []} uploading={uploading} problem={problem} add={files => void add(files)}
        send={() => { setTouched(true); setAsking(ready) }}>
        {touched && elsewhere.map(({ field, value, allowed }) => (
          <Alert key={field + allowed} isInline variant='danger' component='p' title={value === null ? field : `${field}: ${value}`}>
            {allowed}
          </Alert>
        ))}
        <MakeCost check={check} valid={violations.length === 0} />
        {!account.keeps && (
          <p className='grokvideo-sub'>
            When it is done, a route that reads from grokvideo:completed takes it. Without such a route it is kept for some days (option
            keepUndelivered) and then deleted.
          </p>
        )}
        <div className='grokvideo-head'>
          <Button type='submit' variant='primary' isDisabled={!ready}>Make the video…</Button>
        </div>
      </MakeForm>
      {asking && check && (
        <MakeDialog account={account} check={check} unanswered={draft.unanswered === true} send={send} close={() => setAsking(false)} />
      )}
    </>
  )
}

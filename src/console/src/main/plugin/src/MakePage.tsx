import { Alert, Breadcrumb, BreadcrumbItem, EmptyState, EmptyStateBody, Spinner } from '@patternfly/react-core'
import React, { useEffect, useRef, useState } from 'react'
import { Link, useLocation, useNavigate } from 'react-router-dom'
import { ConnectionNotice } from './ConnectionNotice'
import { type Draft, draftOf, EMPTY, storedDraft } from './draft'
import { focusSoon } from './focus'
import type { Me, VideoJobs } from './jobs'
import { Maker } from './Maker'
import { isKey, makePath, newKey } from './makePath'
import { PATH } from './paths'
import { type Offer, useSubmit } from './useSubmit'

/** The form for a video. Its key is in its address: a form that is loaded again is the same one, and makes no second video. */
export const MakePage: React.FC<{ jobs: VideoJobs; me: Me | undefined }> = ({ jobs, me }) => {
  const query = new URLSearchParams(useLocation().search)
  const key = query.get('key')
  const again = query.get('again') ?? undefined
  const navigate = useNavigate()
  const manager = me?.role === 'manager'
  const { offer, error, settled } = useSubmit(jobs, manager)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => focusSoon(() => heading.current), [])
  useEffect(() => {
    if (!isKey(key)) {
      navigate(makePath(newKey(), again), { replace: true })
    }
  }, [key, again, navigate])

  return (
    <article className='grokvideo-maker'>
      <Breadcrumb>
        <BreadcrumbItem render={({ className }) => <Link className={className} to={PATH}>Video Jobs</Link>} />
        <BreadcrumbItem isActive>Make a video</BreadcrumbItem>
      </Breadcrumb>
      <h1 ref={heading} tabIndex={-1} className='pf-v6-c-title pf-m-xl'>{again === undefined ? 'Make a video' : 'Again with changes'}</h1>
      {offer && isKey(key) ? (
        <Begun key={key} formKey={key} again={again} offer={offer} />
      ) : me && (settled || !manager) ? (
        <EmptyState titleText='No videos can be made here' headingLevel='h2'>
          <EmptyStateBody>
            {manager ? 'An account must allow it by its option consoleSubmit.' : 'Only managers make videos in the console.'}
          </EmptyStateBody>
        </EmptyState>
      ) : error ? <ConnectionNotice error={error} /> : <Spinner aria-label='Loading the form' />}
    </article>
  )
}

/** Finds what the form begins with: as it was left, as an earlier request, or empty. */
const Begun: React.FC<{ formKey: string; again: string | undefined; offer: Offer }> = ({ formKey, again, offer }) => {
  const names = offer.accounts.map(({ name }) => name)
  const [draft, setDraft] = useState<Draft | undefined>(() =>
    storedDraft(formKey, names) ?? (again === undefined ? { ...EMPTY, account: names[0] ?? '' } : undefined))
  const [error, setError] = useState<Error>()
  useEffect(() => {
    if (draft !== undefined || again === undefined) {
      return undefined
    }
    const controller = new AbortController()
    offer.submit.again(again, controller.signal).then(
      answer => setDraft(draftOf(answer, names)),
      failure => controller.signal.aborted || setError(failure instanceof Error ? failure : new Error(String(failure)))
    )
    return () => controller.abort()
  }, [])
  return draft ? <Maker formKey={formKey} offer={offer} first={draft} />
    : error ? <Alert isInline variant='danger' component='p' title='The earlier request cannot be used'>{error.message}</Alert>
    : <Spinner aria-label='Loading the earlier request' />
}

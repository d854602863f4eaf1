import { Button, Form, FormGroup, FormSelect, FormSelectOption, TextArea, TextInput } from '@patternfly/react-core'
import React, { useState } from 'react'
import type { Draft } from './draft'
import { ImageDrop } from './ImageDrop'
import { FieldHelp, idOf, MakeField } from './MakeField'
import type { AccountOffer, FieldOffer, ModelOffer, Violation } from './submit'

const CHOSEN = ['prompt', 'negativePrompt', 'model', 'mode', 'images']
const OTHER = '\0other'

/** The fields of a request. What it may not be is said at each. */
export const MakeForm: React.FC<{
  draft: Draft
  change: (change: Partial<Draft>) => void
  accounts: AccountOffer[]
  account: AccountOffer
  /** The mode that the server has found. */
  found: string | undefined
  violations: Violation[]
  uploading: number
  problem: string | undefined
  add: (files: File[]) => void
  send: () => void
  children: React.ReactNode
}> = ({ draft, change, accounts, account, found, violations, uploading, problem, add, send, children }) => {
  const { fields, keep } = draft
  const at = (name: string) => violations.filter(({ field }) => field === name)
  const set = (name: string, value: string) => change({ fields: { ...fields, [name]: value } })
  const model = offerOf(account, fields.model ?? '')
  const mode = model?.modes.find(({ mode }) => mode === (fields.mode || found)) ?? model?.modes[0]
  const accepted = mode?.fields.filter(({ name }) => !CHOSEN.includes(name)) ?? []
  const shown = [...accepted, ...leftOver(fields, accepted)]
  const withImages = draft.images.length > 0 || !fields.mode ? model?.modes.some(takesImages) !== false : mode && takesImages(mode)
  const hint = (name: string) => keep.includes(name) ? 'That of the earlier job is not shown. Leave this empty to use it again.' : undefined

  return (
    <Form className='grokvideo-make' onSubmit={event => { event.preventDefault(); send() }}>
      {accounts.length > 1 && (
        <FormGroup label='Account' fieldId='make-account'>
          <FormSelect id='make-account' value={draft.account} onChange={(_, name) => change({ account: name })}>
            {accounts.map(({ name, provider }) => <FormSelectOption key={name} value={name} label={`${name} (${provider})`} />)}
          </FormSelect>
        </FormGroup>
      )}
      <FormGroup label='Prompt' fieldId={idOf('prompt')}>
        <TextArea id={idOf('prompt')} value={fields.prompt ?? ''} onChange={(_, text) => set('prompt', text)} rows={4} resizeOrientation='vertical'
          validated={at('prompt').length > 0 ? 'error' : 'default'} aria-describedby='make-prompt-help' aria-invalid={at('prompt').length > 0} />
        <FieldHelp name='prompt' violations={at('prompt')} hint={hint('prompt')} />
      </FormGroup>
      {(mode?.fields.some(({ name }) => name === 'negativePrompt') || keep.includes('negativePrompt') || fields.negativePrompt) && (
        <FormGroup label='Negative prompt' fieldId={idOf('negativePrompt')}>
          <TextInput id={idOf('negativePrompt')} value={fields.negativePrompt ?? ''} onChange={(_, text) => set('negativePrompt', text)}
            validated={at('negativePrompt').length > 0 ? 'error' : 'default'} aria-describedby='make-negativePrompt-help' />
          <FieldHelp name='negativePrompt' violations={at('negativePrompt')} hint={hint('negativePrompt')} />
        </FormGroup>
      )}
      {withImages && (
        <FormGroup label={<span id='make-images-label'>Images</span>} role='group' fieldId='make-images'>
          <ImageDrop images={draft.images} uploading={uploading} problem={problem} add={add}
            remove={index => change({ images: draft.images.filter((_, i) => i !== index) })} />
          <FieldHelp name='images' violations={at('images')} hint={mode?.fields.find(({ name }) => name === 'images')?.allowed.split(', given')[0]} />
        </FormGroup>
      )}
      <div className='grokvideo-fields'>
        <ModelField account={account} value={fields.model ?? ''} change={value => set('model', value)} violations={at('model')} />
        <FormGroup label='Mode' fieldId={idOf('mode')}>
          <FormSelect id={idOf('mode')} value={fields.mode ?? ''} onChange={(_, value) => set('mode', value)}
            validated={at('mode').length > 0 ? 'error' : 'default'} aria-describedby='make-mode-help'>
            <FormSelectOption value='' label={found && !fields.mode ? `Automatic (${found})` : 'Automatic'} />
            {model?.modes.map(each => <FormSelectOption key={each.mode} value={each.mode} label={each.mode} />)}
          </FormSelect>
          <FieldHelp name='mode' violations={at('mode')} />
        </FormGroup>
        {shown.map(offer => (
          <MakeField key={offer.name} offer={offer} value={fields[offer.name] ?? ''} change={value => set(offer.name, value)}
            violations={at(offer.name)} />
        ))}
        {account.keeps && (
          <FormGroup label='File name' fieldId={idOf('fileName')}>
            <TextInput id={idOf('fileName')} value={draft.fileName} onChange={(_, fileName) => change({ fileName })} autoComplete='off'
              validated={at('fileName').length > 0 ? 'error' : 'default'} aria-describedby='make-fileName-help' />
            <FieldHelp name='fileName' violations={at('fileName')} hint='Empty: named by the time' />
          </FormGroup>
        )}
      </div>
      <Kept names={keep.filter(name => !name.toLowerCase().endsWith('prompt'))} leaveOut={name => change({ keep: keep.filter(each => each !== name) })} />
      {children}
    </Form>
  )
}

const takesImages = ({ fields }: { fields: FieldOffer[] }) => fields.some(({ name }) => name === 'images')

/** What a model accepts; of one that is not listed, what all of them do. */
const offerOf = ({ models, model: first }: AccountOffer, name: string): ModelOffer | undefined =>
  models.find(({ model }) => model === (name || first)) ?? models.find(({ model }) => model === null) ?? models[0]

/** A value that the mode does not take stays in sight, so that it can be taken away. */
const leftOver = (fields: Record<string, string>, accepted: FieldOffer[]): FieldOffer[] =>
  Object.keys(fields).filter(name => fields[name] && !CHOSEN.includes(name) && !accepted.some(each => each.name === name))
    .map(name => ({ name, required: false, allowed: '', choices: [] }))

const ModelField: React.FC<{ account: AccountOffer; value: string; change: (value: string) => void; violations: Violation[] }> = ({
  account, value, change, violations
}) => {
  const names = account.models.flatMap(({ model }) => model ?? [])
  const [other, setOther] = useState(false)
  const typed = names.length === 0 || other || (value !== '' && !names.includes(value))
  const choose = (chosen: string) => {
    setOther(chosen === OTHER)
    change(chosen === OTHER ? '' : chosen)
  }
  return (
    <FormGroup label='Model' fieldId={idOf('model')}>
      {names.length > 0 && (
        <FormSelect id={idOf('model')} value={typed ? OTHER : value} onChange={(_, chosen) => choose(chosen)}>
          <FormSelectOption value='' label={account.model ? `Default (${account.model})` : 'Default'} />
          {names.map(name => <FormSelectOption key={name} value={name} label={name} />)}
          <FormSelectOption value={OTHER} label='Another model' />
        </FormSelect>
      )}
      {typed && (
        <TextInput id={names.length > 0 ? 'make-model-name' : idOf('model')} aria-label='Name of the model' value={value}
          onChange={(_, name) => change(name)} autoComplete='off' placeholder={account.model ?? undefined} />
      )}
      <FieldHelp name='model' violations={violations} />
    </FormGroup>
  )
}

/** What comes from the earlier request without being shown. */
const Kept: React.FC<{ names: string[]; leaveOut: (name: string) => void }> = ({ names, leaveOut }) => names.length === 0 ? null : (
  <div>
    <span className='grokvideo-sub'>Kept from the earlier job:</span>
    <ul className='grokvideo-media'>
      {names.map(name => (
        <li key={name}>
          <span className='grokvideo-mono'>{name}</span>
          <Button variant='link' size='sm' isInline aria-label={`Leave out ${name}`} onClick={() => leaveOut(name)}>Leave out</Button>
        </li>
      ))}
    </ul>
  </div>
)

import { FormGroup, FormHelperText, FormSelect, FormSelectOption, HelperText, HelperTextItem, TextInput } from '@patternfly/react-core'
import React from 'react'
import type { FieldOffer, Violation } from './submit'

const LABELS: Record<string, string> = {
  negativePrompt: 'Negative prompt', duration: 'Duration in seconds', aspectRatio: 'Aspect ratio', resolution: 'Resolution', seed: 'Seed',
  generateAudio: 'Sound', video: 'Source video'
}

export const idOf = (name: string) => `make-${name}`

/** What breaks a rule at a field, or else a hint. */
export const FieldHelp: React.FC<{ name: string; violations: Violation[]; hint?: string }> = ({ name, violations, hint }) => (
  <FormHelperText>
    <HelperText id={`${idOf(name)}-help`} isLiveRegion>
      {violations.length > 0
        ? violations.map(({ value, allowed }) => (
            <HelperTextItem key={allowed} variant='error'>{value === null ? allowed : `${value}: ${allowed}`}</HelperTextItem>
          ))
        : hint && <HelperTextItem>{hint}</HelperTextItem>}
    </HelperText>
  </FormHelperText>
)

/** A field of a request: its values to choose from where the gateway's rules list them. */
export const MakeField: React.FC<{
  offer: FieldOffer
  value: string
  change: (value: string) => void
  violations: Violation[]
}> = ({ offer: { name, required, allowed, choices }, value, change, violations }) => {
  const validated = violations.length > 0 ? 'error' : 'default'
  const described = { 'aria-describedby': `${idOf(name)}-help`, 'aria-invalid': violations.length > 0 }
  return (
    <FormGroup label={LABELS[name] ?? name} fieldId={idOf(name)} isRequired={required}>
      {choices.length > 0 ? (
        <FormSelect id={idOf(name)} value={value} onChange={(_, chosen) => change(chosen)} validated={validated} {...described}>
          <FormSelectOption value='' label={required ? 'Choose' : 'Default'} />
          {(choices.includes(value) || value === '' ? choices : [...choices, value]).map(choice => (
            <FormSelectOption key={choice} value={choice} label={choice} />
          ))}
        </FormSelect>
      ) : (
        <TextInput id={idOf(name)} value={value} onChange={(_, typed) => change(typed)} validated={validated} autoComplete='off' {...described} />
      )}
      <FieldHelp name={name} violations={violations} hint={choices.length > 0 ? undefined : allowed} />
    </FormGroup>
  )
}

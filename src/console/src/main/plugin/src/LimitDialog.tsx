import { Button, Form, FormGroup, Modal, ModalBody, ModalFooter, ModalHeader, ModalVariant, TextInput } from '@patternfly/react-core'
import React, { useState } from 'react'
import { ActionFailure } from './ActionFailure'
import { amount, type BudgetUse, inWords, type VideoSpending } from './spending'

/** Empty, or more than 0. */
const isLimit = (text: string) => text === '' || (/^\d{1,12}(\.\d{1,10})?$/.test(text) && Number(text) > 0)

export const LimitDialog: React.FC<{
  use: BudgetUse
  spending: VideoSpending
  close: () => void
  done: (text: string) => void
}> = ({ use, spending, close, done }) => {
  const [text, setText] = useState(use.limit === use.configured ? '' : String(use.limit))
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Error>()
  const limit = text.trim()
  const valid = isLimit(limit)

  const confirm = async () => {
    setBusy(true)
    setFailure(undefined)
    try {
      await spending.changeLimit(use.budget, limit)
      close()
      done(`${inWords(use)}: the limit is now ${limit === '' ? 'as configured' : amount(Number(limit), use.unit)}`)
    } catch (error) {
      setFailure(error instanceof Error ? error : new Error(String(error)))
      setBusy(false)
    }
  }

  return (
    <Modal isOpen variant={ModalVariant.small} onClose={close} aria-labelledby='limit-title' aria-describedby='limit-text'>
      <ModalHeader title='Change the limit' labelId='limit-title' description={inWords(use)} />
      <ModalBody id='limit-text'>
        <p>
          The limit is {amount(use.limit, use.unit)}; {amount(use.configured, use.unit)} is configured. The new limit applies to all nodes and is
          kept through restarts until it is changed again.
        </p>
        <Form onSubmit={event => { event.preventDefault(); if (valid && !busy) void confirm() }}>
          <FormGroup label={`New limit in ${use.unit}, empty = as configured`} fieldId='limit'>
            <TextInput id='limit' inputMode='decimal' value={text} onChange={(_, value) => setText(value)} autoComplete='off'
              validated={valid ? 'default' : 'error'} />
          </FormGroup>
        </Form>
        {failure && <ActionFailure failure={failure} lookAt='budgets' />}
      </ModalBody>
      <ModalFooter>
        <Button variant='primary' onClick={confirm} isLoading={busy} isDisabled={busy || !valid}>Change the limit</Button>
        <Button variant='link' onClick={close}>Cancel</Button>
      </ModalFooter>
    </Modal>
  )
}

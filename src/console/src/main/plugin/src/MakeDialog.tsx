import { Button, Modal, ModalBody, ModalFooter, ModalHeader, ModalVariant } from '@patternfly/react-core'
import React, { useRef, useState } from 'react'
import { left, price } from './MakeCost'
import { MakeFailure } from './MakeFailure'
import type { AccountOffer, Check, SubmitAnswer } from './submit'

/** Says what it costs before anything is sent, and stays open to say why it was not. */
export const MakeDialog: React.FC<{
  account: AccountOffer
  check: Check
  /** Whether the form was sent without an answer. */
  unanswered: boolean
  send: () => Promise<SubmitAnswer>
  close: () => void
}> = ({ account, check, unanswered, send, close }) => {
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Error | SubmitAnswer>()
  /** State is set after the event: a second click may come before. */
  const sending = useRef(false)

  const confirm = async () => {
    if (sending.current) {
      return
    }
    sending.current = true
    setBusy(true)
    setFailure(undefined)
    try {
      const answer = await send()
      if (answer.job === undefined) {
        setFailure(answer)
        setBusy(false)
      }
    } catch (error) {
      setFailure(error instanceof Error ? error : new Error(String(error)))
      setBusy(false)
    } finally {
      sending.current = false
    }
  }

  return (
    <Modal isOpen variant={ModalVariant.small} onClose={busy ? undefined : close} aria-labelledby='make-title' aria-describedby='make-text'>
      <ModalHeader title='Make the video?' labelId='make-title' />
      <ModalBody id='make-text'>
        <p><strong>{price(check)}.</strong></p>
        {check.budgets?.map(budget => <p key={budget.budget}>{left(budget)}</p>)}
        <p>
          {account.provider} makes it with {check.model ?? 'its default model'}{check.mode ? `, ${check.mode}` : ''}; the account{' '}
          {account.name} pays.
        </p>
        {failure && <MakeFailure failure={failure} unanswered={unanswered} />}
      </ModalBody>
      <ModalFooter>
        <Button variant='primary' onClick={confirm} isLoading={busy} isDisabled={busy}>Make it</Button>
        <Button variant='link' onClick={close} isDisabled={busy}>Back to the form</Button>
      </ModalFooter>
    </Modal>
  )
}

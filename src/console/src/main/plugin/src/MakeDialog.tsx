import { Alert, Button, Modal, ModalBody, ModalFooter, ModalHeader, ModalVariant } from '@patternfly/react-core'
import React, { useRef, useState } from 'react'
import { ConnectionLost } from './jolokia'
import { left, price } from './MakeCost'
import type { AccountOffer, Check } from './submit'

/** Says what it costs before anything is sent, and stays open to say why it was not. */
export const MakeDialog: React.FC<{ account: AccountOffer; check: Check; send: () => Promise<void>; close: () => void }> = ({
  account, check, send, close
}) => {
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Error>()
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
      await send()
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
          {account.provider} makes it with {check.model ?? 'its default model'}{check.mode ? `, ${check.mode}` : ''}; the account {account.name} pays.
        </p>
        {failure && <Failure failure={failure} />}
      </ModalBody>
      <ModalFooter>
        <Button variant='primary' onClick={confirm} isLoading={busy} isDisabled={busy}>Make it</Button>
        <Button variant='link' onClick={close} isDisabled={busy}>Back to the form</Button>
      </ModalFooter>
    </Modal>
  )
}

const Failure: React.FC<{ failure: Error }> = ({ failure }) =>
  failure instanceof ConnectionLost && !failure.loggedOut ? (
    <Alert isInline variant='warning' component='p' title='Whether it was sent is not known'>
      {failure.message} Send it again: this form makes one video only, however often it is sent.
    </Alert>
  ) : (
    <Alert isInline variant='danger' component='p' title='It was not made'>{failure.message}</Alert>
  )

import { Button, FormGroup, Modal, ModalBody, ModalFooter, ModalHeader, ModalVariant, TextInput } from '@patternfly/react-core'
import React, { useState } from 'react'
import { ActionFailure } from './ActionFailure'
import { count } from './format'
import type { VideoJobs } from './jobs'

export const PurgeDialog: React.FC<{ jobs: VideoJobs; close: () => void; done: (text: string) => void }> = ({ jobs, close, done }) => {
  const [hours, setHours] = useState('168')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Error>()
  const valid = /^\d{1,6}$/.test(hours) && Number(hours) > 0

  const confirm = async () => {
    setBusy(true)
    setFailure(undefined)
    try {
      const purged = await jobs.purge(Number(hours))
      close()
      done(`${count(purged)} jobs purged`)
    } catch (error) {
      setFailure(error instanceof Error ? error : new Error(String(error)))
      setBusy(false)
    }
  }

  return (
    <Modal isOpen variant={ModalVariant.small} onClose={close} aria-labelledby='purge-title' aria-describedby='purge-text'>
      <ModalHeader title='Purge ended jobs' labelId='purge-title' />
      <ModalBody id='purge-text'>
        <p>Removes jobs that ended long ago from the job store. Open jobs stay. A job key that is removed with its job protects no longer from paying twice.</p>
        <FormGroup label='Ended more than this many hours ago' fieldId='purge-hours'>
          <TextInput id='purge-hours' type='number' min={1} value={hours} onChange={(_, value) => setHours(value)} validated={valid ? 'default' : 'error'} />
        </FormGroup>
        {failure && <ActionFailure failure={failure} />}
      </ModalBody>
      <ModalFooter>
        <Button variant='danger' onClick={confirm} isLoading={busy} isDisabled={busy || !valid}>Purge</Button>
        <Button variant='link' onClick={close}>Cancel</Button>
      </ModalFooter>
    </Modal>
  )
}

import {
  Alert, Button, Form, FormGroup, Modal, ModalBody, ModalFooter, ModalHeader, ModalVariant, TextInput
} from '@patternfly/react-core'
import React, { useState } from 'react'
import { ACTIONS } from './actions'
import { ActionFailure } from './ActionFailure'
import type { Action, JobDetail, VideoJobs } from './jobs'

/** Asks before anything is done to a job, and stays open to say why if it was refused. */
export const ActionDialog: React.FC<{
  action: Action
  job: JobDetail
  jobs: VideoJobs
  close: () => void
  done: (text: string) => void
}> = ({ action, job, jobs, close, done }) => {
  const { label, question, done: success, costs, danger, confirm: title = label.replace('…', ''), dismiss = 'Cancel' } = ACTIONS[action]
  const [taskId, setTaskId] = useState('')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Error>()
  const adopting = action === 'adopt'

  const confirm = async () => {
    setBusy(true)
    setFailure(undefined)
    try {
      const after = await jobs.act(action, job.id, adopting ? taskId.trim() : undefined)
      done(after.id === job.id ? success : `${success}: ${after.id}`)
    } catch (error) {
      setFailure(error instanceof Error ? error : new Error(String(error)))
      setBusy(false)
    }
  }

  return (
    <Modal isOpen variant={ModalVariant.small} onClose={close} aria-labelledby='action-title' aria-describedby='action-text'>
      <ModalHeader title={title} labelId='action-title' description={<span className='grokvideo-mono'>{job.id}</span>} />
      <ModalBody id='action-text'>
        <p>{question(job)}</p>
        {costs && <Alert isInline isPlain variant='warning' component='p' title='This costs: the gateway charges for it.' />}
        {adopting && (
          <Form onSubmit={event => { event.preventDefault(); if (taskId.trim()) void confirm() }}>
            <FormGroup label='Task id' fieldId='task-id' isRequired>
              <TextInput id='task-id' value={taskId} onChange={(_, value) => setTaskId(value)} isRequired autoComplete='off' />
            </FormGroup>
          </Form>
        )}
        {failure && <ActionFailure failure={failure} />}
      </ModalBody>
      <ModalFooter>
        <Button variant={danger ? 'danger' : 'primary'} onClick={confirm} isLoading={busy} isDisabled={busy || (adopting && !taskId.trim())}>
          {title}
        </Button>
        <Button variant='link' onClick={close}>{dismiss}</Button>
      </ModalFooter>
    </Modal>
  )
}

import { Modal, ModalBody, ModalHeader, ModalVariant } from '@patternfly/react-core'
import React from 'react'
import { type Job, videoUrl } from './jobs'
import { title } from './title'

/** Plays a video above the table. */
export const PlayDialog: React.FC<{ job: Job; close: () => void }> = ({ job, close }) => (
  <Modal isOpen variant={ModalVariant.medium} onClose={close} aria-labelledby='play-title'>
    <ModalHeader title={title(job)} labelId='play-title' />
    <ModalBody>
      <video className='grokvideo-video' controls autoPlay playsInline src={videoUrl(job.id)} aria-label={`Video ${title(job)}`} />
    </ModalBody>
  </Modal>
)

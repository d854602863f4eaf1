import React from 'react'
import { CopyButton } from './CopyButton'
import { shortId } from './title'

/** The first letters of a job's id, which tell it from the others of a page, and a button that copies the whole. */
export const JobId: React.FC<{ id: string }> = ({ id }) => (
  <span className='grokvideo-id'>
    <span className='grokvideo-mono' title={id}>{shortId(id)}</span>
    <CopyButton text={id} name={`Copy the id ${id}`} />
  </span>
)

import { Button } from '@patternfly/react-core'
import React, { useEffect, useRef, useState } from 'react'
import type { DraftImage } from './draft'
import { Icon } from './Icon'
import { TYPES } from './images'

/** Takes images by drag and drop, or by a button that opens the file chooser. */
export const ImageDrop: React.FC<{
  images: DraftImage[]
  uploading: number
  problem: string | undefined
  add: (files: File[]) => void
  remove: (index: number) => void
}> = ({ images, uploading, problem, add, remove }) => {
  const chooser = useRef<HTMLInputElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const [over, setOver] = useState(false)
  useNoDropElsewhere()

  const taken = (files: FileList | null) => {
    if (files && files.length > 0) {
      add(Array.from(files))
    }
  }

  return (
    <div
      className={`grokvideo-drop${over ? ' grokvideo-over' : ''}`}
      role='group'
      aria-labelledby='make-images-label'
      aria-describedby='make-images-problem'
      onDragOver={event => { event.preventDefault(); setOver(true) }}
      onDragLeave={() => setOver(false)}
      onDrop={event => { event.preventDefault(); setOver(false); taken(event.dataTransfer.files) }}
    >
      {images.length > 0 && (
        <ul className='grokvideo-thumbs'>
          {images.map((image, i) => (
            <li key={image.upload ?? `kept ${image.kept}`}>
              {image.picture ? <img src={image.picture} alt='' /> : <span className='grokvideo-nothumb'><Icon name='film' /></span>}
              <span className='grokvideo-title' title={image.name}>{image.name}</span>
              <Button variant='link' size='sm' isInline aria-label={`Remove ${image.name}`}
                onClick={() => { remove(i); button.current?.focus() }}>Remove</Button>
            </li>
          ))}
        </ul>
      )}
      <div className='grokvideo-head'>
        <Button ref={button} variant='secondary' size='sm' isLoading={uploading > 0} onClick={() => chooser.current?.click()}>
          Add images…
        </Button>
        <span className='grokvideo-sub'>or drop them here: JPEG, PNG, WebP or GIF, at most 20 of 20 MiB each</span>
      </div>
      <input ref={chooser} type='file' hidden multiple accept={TYPES.join(',')} aria-label='Images' tabIndex={-1}
        onChange={event => { taken(event.target.files); event.target.value = '' }} />
      <span id='make-images-problem' role='status' className={problem ? 'grokvideo-problem' : 'pf-v6-screen-reader'}>
        {problem ?? (uploading > 0 ? 'Uploading' : '')}
      </span>
    </div>
  )
}

/** An image that is dropped beside the place for it would replace the page, and with it the form. */
function useNoDropElsewhere(): void {
  useEffect(() => {
    const ignore = (event: DragEvent) => event.preventDefault()
    window.addEventListener('dragover', ignore)
    window.addEventListener('drop', ignore)
    return () => {
      window.removeEventListener('dragover', ignore)
      window.removeEventListener('drop', ignore)
    }
  }, [])
}

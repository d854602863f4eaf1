import { Button } from '@patternfly/react-core'
import React, { useEffect, useState } from 'react'
import { Icon } from './Icon'

const SHOWN_MS = 2_000

/** Copies a text, and says that it has. Small without a label to show. */
export const CopyButton: React.FC<{ text: string; name: string; label?: string }> = ({ text, name, label }) => {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) {
      return undefined
    }
    const timer = setTimeout(() => setCopied(false), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [copied])
  return (
    <>
      <Button variant={label ? 'secondary' : 'plain'} size='sm' className={label ? undefined : 'grokvideo-copy'} aria-label={label ? undefined : name}
        icon={<Icon name={copied ? 'done' : 'copy'} />} onClick={() => void copy(text).then(setCopied)}>
        {label}
      </Button>
      <span className='pf-v6-screen-reader' role='status'>{copied && 'Copied'}</span>
    </>
  )
}

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copyOfOld(text)
  }
}

/** Where the page came by HTTP from another machine, browsers have no clipboard for it. */
function copyOfOld(text: string): boolean {
  const area = document.createElement('textarea')
  const before = document.activeElement as HTMLElement | null
  area.value = text
  document.body.append(area)
  area.select()
  const copied = document.execCommand('copy')
  area.remove()
  before?.focus()
  return copied
}

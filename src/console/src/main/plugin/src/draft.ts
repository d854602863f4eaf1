import type { Again, Form } from './submit'

/** An image of a form, as it is shown. */
export interface DraftImage {
  upload?: string
  kept?: number
  name: string
  /** A data URL; undefined = it cannot be shown. */
  picture?: string
}

/** What a person has filled in, until it is sent. */
export interface Draft {
  account: string
  fields: Record<string, string>
  images: DraftImage[]
  again?: string
  keep: string[]
  fileName: string
  /** Whether the earlier request was not stored as a whole. */
  incomplete?: boolean
  /** Whether it was sent without an answer: it may have made a video. */
  unanswered?: boolean
}

const PREFIX = 'grokvideo.draft.'
const MOST = 5

export const EMPTY: Draft = { account: '', fields: {}, images: [], keep: [], fileName: '' }

/** The account that was chosen, or the first if that one is not, or no longer, offered. */
const accountOf = (account: string, accounts: string[]) => (accounts.includes(account) ? account : (accounts[0] ?? ''))

/** A form that starts from an earlier request. */
export function draftOf(again: Again, accounts: string[]): Draft {
  return {
    account: accountOf(again.account, accounts),
    fields: Object.fromEntries(Object.entries(again.fields).map(([name, value]) => [name, String(value)])),
    images: again.images.map((text, kept) => ({ kept, name: text.split(/[\\/]/).pop() || text })),
    again: again.job,
    keep: again.keep,
    fileName: '',
    incomplete: !again.complete
  }
}

export function formOf({ account, fields, images, again, keep, fileName }: Draft): Form {
  return {
    account,
    fields: Object.fromEntries(Object.entries(fields).filter(([, value]) => value.trim() !== '')),
    images: images.map(({ upload, kept }) => (upload === undefined ? { kept } : { upload })),
    ...(again === undefined ? {} : { again, keep }),
    ...(fileName.trim() === '' ? {} : { fileName: fileName.trim() })
  }
}

/** The draft of a form that was loaded again; for this browser tab only. */
export function storedDraft(key: string, accounts: string[]): Draft | undefined {
  try {
    const draft = JSON.parse(sessionStorage.getItem(PREFIX + key) ?? 'null') as Draft | null
    return draft === null ? undefined : { ...draft, account: accountOf(draft.account, accounts) }
  } catch {
    return undefined
  }
}

/** Without storage, or without room, a form that is loaded again is empty, and still has its key. */
export function storeDraft(key: string, draft: Draft): void {
  try {
    const others = Object.keys(sessionStorage).filter(name => name.startsWith(PREFIX) && name !== PREFIX + key)
    others.slice(0, Math.max(0, others.length - MOST)).forEach(name => sessionStorage.removeItem(name))
    sessionStorage.setItem(PREFIX + key, JSON.stringify(draft))
  } catch {
    forgetDraft(key)
  }
}

export function forgetDraft(key: string): void {
  try {
    sessionStorage.removeItem(PREFIX + key)
  } catch {
    // It is switched off.
  }
}

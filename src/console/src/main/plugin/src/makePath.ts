import { PATH } from './paths'

/** No job has this id: its slash would be encoded in the address of a job. */
const MAKE = '-/new'

/** The address of a form. Each has a key of its own, which makes one job, however often the form is sent or loaded. */
export const makePath = (key: string, again?: string) =>
  `${PATH}/${MAKE}?key=${key}${again === undefined ? '' : `&again=${encodeURIComponent(again)}`}`

export const isMakePath = (pathname: string) => pathname.endsWith(`${PATH}/${MAKE}`)

const KEY = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export const isKey = (text: string | null): text is string => text !== null && KEY.test(text)

/** A UUID. Where the page came by HTTP from another machine, browsers have no randomUUID for it. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

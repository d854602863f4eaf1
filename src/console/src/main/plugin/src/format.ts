import type { Cost } from './jobs'

const UNITS: [number, string][] = [[86_400, 'd'], [3_600, 'h'], [60, 'min'], [1, 's']]

/** "2 h 5 min": the two largest units, which is as exact as anybody reads; or the largest alone. */
export function duration(millis: number, units = 2): string {
  let seconds = Math.max(0, Math.round(millis / 1000))
  const parts: string[] = []
  for (const [size, unit] of UNITS) {
    if (seconds >= size && parts.length < units) {
      parts.push(`${Math.floor(seconds / size)} ${unit}`)
      seconds %= size
    } else if (parts.length > 0) {
      break
    }
  }
  return parts.join(' ') || '0 s'
}

export const since = (at: string, now: number, units = 2) => duration(now - Date.parse(at), units)

export function until(at: string, now: number): string {
  const millis = Date.parse(at) - now
  return millis <= 0 ? 'due' : `in ${duration(millis, 1)}`
}

export const cost = (value: Cost | null) => (value ? `${value.amount} ${value.unit}` : '–')

const moment = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' })
const hourAndMinute = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

export const dateTime = (at: string) => moment.format(new Date(at))
export const hourMinute = (at: number) => hourAndMinute.format(new Date(at))

/** "0:06": the length of a video. */
export const clock = (seconds: number) => `${Math.floor(Math.round(seconds) / 60)}:${String(Math.round(seconds) % 60).padStart(2, '0')}`

export function bytes(size: number | null): string {
  if (size === null) {
    return '–'
  }
  return size < 1024 * 1024 ? `${Math.ceil(size / 1024)} KiB` : `${(size / 1024 / 1024).toFixed(1)} MiB`
}

export const count = (value: number) => value.toLocaleString('en')
/** For a scale, which may have a step between two counts. */
export const countStep = (value: number) => (Number.isInteger(value) ? count(value) : '')

const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 2 })
export const compact = (value: number) => short.format(value)

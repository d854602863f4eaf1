import { useCallback, useState } from 'react'

const PREFIX = 'grokvideo.'

/** What a user has chosen in this browser, and will find again. Without storage, in a private window for instance, it is kept for the page only. */
export function useSetting<T>(user: string, name: string, first: T): [T, (value: T) => void] {
  const key = `${PREFIX}${user}.${name}`
  const [value, setValue] = useState<T>(() => stored(key) ?? first)
  const change = useCallback((next: T) => {
    setValue(next)
    try {
      localStorage.setItem(key, JSON.stringify(next))
    } catch {
      // It is full or switched off.
    }
  }, [key])
  return [value, change]
}

function stored<T>(key: string): T | undefined {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null') ?? undefined
  } catch {
    return undefined
  }
}

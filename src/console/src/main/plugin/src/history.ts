import type { History } from './jobs'

/** As many buckets of five minutes as can be told apart, added up. */
export interface Span {
  at: number
  submitted: number
  ended: Record<string, number>
  waitP50Millis: number | null
  waitP95Millis: number | null
  spend: Record<string, number>
}

type Values = (number | null)[]

/**
 * The buckets of five minutes in spans of a length. Percentiles cannot be added, so a span has the middle of its buckets' p50 and the worst
 * of their p95.
 */
export function spans({ buckets }: History, millis: number): Span[] {
  const byStart = new Map<number, History['buckets']>()
  for (const bucket of buckets) {
    const at = Math.floor(Date.parse(bucket.at) / millis) * millis
    byStart.set(at, [...(byStart.get(at) ?? []), bucket])
  }
  return [...byStart.entries()].sort(([a], [b]) => a - b).map(([at, parts]) => {
    return {
      at,
      submitted: total(parts.map(part => part.submitted)),
      ended: sums(parts.map(part => part.ended)),
      waitP50Millis: middle(parts.map(part => part.waitP50Millis)),
      waitP95Millis: worst(parts.map(part => part.waitP95Millis)),
      spend: sums(parts.map(part => part.spend))
    }
  })
}

function sums(parts: Record<string, number | string>[]): Record<string, number> {
  const sum: Record<string, number> = {}
  for (const [name, amount] of parts.flatMap(part => Object.entries(part))) {
    sum[name] = (sum[name] ?? 0) + Number(amount)
  }
  return sum
}

const known = (values: Values) => values.filter((value): value is number => value !== null)

export const total = (values: Values) => known(values).reduce((sum, value) => sum + value, 0)

export const worst = (values: Values): number | null => (known(values).length === 0 ? null : Math.max(...known(values)))

function middle(values: Values): number | null {
  const sorted = known(values).sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? null
}

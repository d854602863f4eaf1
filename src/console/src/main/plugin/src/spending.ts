import { jolokia } from './jolokia'
import type { VideoJobs } from './jobs'

/** A budget in its current period. Amounts are in its unit. */
export interface BudgetUse {
  /** Its name, such as store/month or tag:acme/day. */
  budget: string
  unit: string
  /** The limit in force. */
  limit: number
  /** The limit of the configuration. */
  configured: number
  spentReported: number
  spentEstimated: number
  reserved: number
  /** Negative if more was spent than expected. */
  left: number
  /** null = never. */
  renewsAt: string | null
}

/** A sum of the ledger; its group is in the field that is named like what the sums are separated by. */
export interface SpendSum {
  account?: string | null
  tag?: string | null
  model?: string | null
  /** null = the price of the jobs is unknown. */
  unit: string | null
  jobs: number
  reserved: number
  spentEstimated: number
  spentReported: number
  reportedMinusEstimate: number
}

export type Period = 'today' | 'yesterday' | 'this-month' | 'last-month'
export type By = 'account' | 'tag' | 'model'

/** Sums with what they answer, so that they are never shown under another heading. */
export interface Sums {
  period: Period
  by: By
  rows: SpendSum[]
}

/** What the jobs of one Camel context cost. */
export class VideoSpending {
  constructor(readonly mbean: string) {}

  /** None if the component does not have it. */
  static async find({ mbean }: VideoJobs, signal?: AbortSignal): Promise<VideoSpending[]> {
    const names = await jolokia.search(mbean.replace(/\bname=[^,]+/, 'name=VideoSpending*'), signal)
    return names.sort().map(name => new VideoSpending(name))
  }

  async budgets(signal?: AbortSignal): Promise<BudgetUse[]> {
    return JSON.parse((await jolokia.exec(this.mbean, 'budgets', [], signal)) as string) as BudgetUse[]
  }

  async sums(period: Period, by: By, signal?: AbortSignal): Promise<Sums> {
    return { period, by, rows: JSON.parse((await jolokia.exec(this.mbean, 'spend', [period, by], signal)) as string) as SpendSum[] }
  }

  /** An empty limit = as configured. */
  async changeLimit(budget: string, limit: string): Promise<void> {
    await jolokia.exec(this.mbean, 'changeLimit', [budget, limit])
  }
}

const PERIODS: Record<string, string> = { hour: 'each hour', day: 'each day', month: 'each month', total: 'in all' }

/** "store/month" as "All jobs, each month". A tag may contain a slash or a colon. */
export function inWords({ budget }: Pick<BudgetUse, 'budget'>): string {
  const end = budget.lastIndexOf('/')
  const whose = budget.slice(0, end)
  const period = PERIODS[budget.slice(end + 1)]
  if (end < 0 || !period) {
    return budget
  }
  const [, kind, of] = /^(account|tag):(.*)$/s.exec(whose) ?? []
  return `${kind ? `${kind === 'account' ? 'Account' : 'Tag'} ${of}` : 'All jobs'}, ${period}`
}

const decimals = new Intl.NumberFormat('en', { maximumFractionDigits: 10 })

/** "1,200.5 USD": as exact as it is kept. */
export const amount = (value: number, unit: string) => `${decimals.format(value)} ${unit}`

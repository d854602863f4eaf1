import React from 'react'
import { amount, type BudgetUse } from './spending'

/** What counts against a limit. They differ in their patterns as well as in their colours. */
const PARTS = [
  { field: 'spentReported', name: 'spent (reported)' },
  { field: 'spentEstimated', name: 'spent (est.)' },
  { field: 'reserved', name: 'reserved' }
] as const

/** How much of a budget is used; full if it is exceeded. */
export const BudgetBar: React.FC<{ use: BudgetUse }> = ({ use }) => {
  // Growth in percent: flexbox leaves room where the sum is below 1, as it may be in USD.
  const whole = Math.max(use.limit, PARTS.reduce((sum, { field }) => sum + use[field], 0))
  const share = (part: number) => ({ flexGrow: (100 * part) / whole })
  const figures = PARTS.map(({ field, name }) => `${amount(use[field], use.unit)} ${name}`).join(', ')
  return (
    <div className='grokvideo-bar grokvideo-budget' role='img'
      aria-label={`Of ${amount(use.limit, use.unit)}: ${figures}, ${amount(use.left, use.unit)} left`}>
      {PARTS.filter(({ field }) => use[field] > 0).map(({ field }) => (
        <span key={field} className={`grokvideo-${field}`} style={share(use[field])} />
      ))}
      {use.left > 0 && <span style={share(use.left)} />}
    </div>
  )
}

export const BudgetLegend: React.FC = () => (
  <ul className='grokvideo-legend' aria-hidden='true'>
    {PARTS.map(({ field, name }) => <li key={field}><i className={`grokvideo-${field}`} />{name}</li>)}
  </ul>
)

import { Alert } from '@patternfly/react-core'
import React from 'react'
import { inWords } from './spending'
import type { Check, Left } from './submit'

const cents = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 10 })
const plain = new Intl.NumberFormat('en', { maximumFractionDigits: 10 })

/** "0.40 USD", "12 credits". */
export const money = (amount: string, unit: string) => `${(/^[A-Z]{3}$/.test(unit) ? cents : plain).format(Number(amount))} ${unit}`

/** What a video costs, in one sentence. */
export const price = ({ estimate }: Check) =>
  estimate ? `About ${money(estimate.amount, estimate.unit)}, estimated` : 'What it costs is not known: its model has no price here'

/** What a budget leaves, in one sentence. */
export function left(budget: Left): string {
  const name = `the budget “${inWords(budget)}”`
  return budget.leftAfter === null
    ? `${money(budget.left, budget.unit)} of ${name} are left now.`
    : Number(budget.leftAfter) < 0
      ? `${money(budget.left, budget.unit)} of ${name} are left, which is less than it costs.`
      : `${money(budget.leftAfter, budget.unit)} of ${name} are left after it.`
}

/** What the video would cost, as the form is now. */
export const MakeCost: React.FC<{ check: Check | undefined; valid: boolean }> = ({ check, valid }) => (
  <div aria-live='polite' className='grokvideo-cost'>
    {check && valid && (
      <>
        <p><strong>{price(check)}.</strong></p>
        {check.budgets?.map(budget => <p key={budget.budget}>{left(budget)}</p>)}
        {check.warnings?.filter(({ field }) => field !== 'budget').map(({ field, allowed }) => (
          <Alert key={field + allowed} isInline isPlain variant='warning' component='p' title={`${field}: ${allowed}`} />
        ))}
      </>
    )}
  </div>
)

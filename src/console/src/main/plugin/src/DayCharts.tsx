import React from 'react'
import type { Activity } from './activity'
import { Chart } from './Chart'
import { compact, count, countStep } from './format'
import { total } from './history'

const DAY_MS = 86_400_000
const BLUE = 'var(--pf-t--global--color--brand--default)'
const YELLOW = '#c9a100'

const days = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', timeZone: 'UTC' })
const label = (at: number) => days.format(at)

/** What the ledger says of each day. Spent as reported and as estimated stay apart. */
export const DayCharts: React.FC<{ activity: Activity }> = ({ activity: { days: rows, hours, lastDay } }) => {
  const end = Date.parse(lastDay)
  const at = Array.from({ length: hours / 24 + 1 }, (_, i) => end - (hours / 24 - i) * DAY_MS)
  const units = [...new Set(rows.map(row => row.unit))].filter((unit): unit is string => unit !== null).sort()
  const values = (pick: (row: Activity['days'][number]) => number, unit?: string) => at.map(day => rows
    .filter(row => Date.parse(row.day) === day && (unit === undefined || row.unit === unit)).reduce((sum, row) => sum + pick(row), 0))
  const jobs = values(row => row.jobs)
  return (
    <div className='grokvideo-charts'>
      <Chart title='Jobs that cost something' kind='bars' at={at} step='Day' label={label} format={count} axis={countStep} summary={`${count(total(jobs))} in ${hours / 24} days.`}
        series={[{ name: 'Jobs', color: BLUE, values: jobs }]} />
      {units.map(unit => {
        const reported = values(row => row.spentReported, unit)
        const estimated = values(row => row.spentEstimated, unit)
        const money = (value: number) => `${value.toFixed(unit === 'USD' ? 2 : 0)} ${unit}`
        return (
          <Chart key={unit} title={`Spent in ${unit} by day`} kind='bars' at={at} step='Day' label={label} format={money} axis={compact}
            summary={`${money(total(reported))} as reported, ${money(total(estimated))} as estimated.`}
            series={[{ name: 'Reported', color: BLUE, values: reported }, { name: 'Estimated', color: YELLOW, values: estimated }]} />
        )
      })}
    </div>
  )
}

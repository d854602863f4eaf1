import { EmptyState, EmptyStateBody, Spinner } from '@patternfly/react-core'
import React, { useCallback } from 'react'
import { Chart } from './Chart'
import { ConnectionNotice } from './ConnectionNotice'
import { compact, count, countStep, duration } from './format'
import { spans, total, worst } from './history'
import type { VideoJobs } from './jobs'
import { usePolling } from './usePolling'

const POLL_MS = 60_000
const GREEN = 'var(--pf-t--global--color--status--success--default)'
const RED = 'var(--pf-t--global--color--status--danger--default)'
const BLUE = 'var(--pf-t--global--color--brand--default)'
// These tell themselves from each other and from the theme's own, on light and on dark.
const ORANGE = '#e0730d'
const YELLOW = '#c9a100'
const GREY = '#8a8d90'
const PURPLE = '#876fd4'
const TEAL = '#1b96a5'

/** The states of jobs that ended without a video. */
const FAILURES = [['FAILED', RED], ['MODERATED', ORANGE], ['EXPIRED', GREY], ['CANCELLED', TEAL], ['REJECTED', PURPLE], ['UNKNOWN', YELLOW]] as const

const word = (state: string) => state.charAt(0) + state.slice(1).toLowerCase()

const MINUTES_MS = 300_000
const HOUR_MS = 3_600_000

/** What this node has done in the last hour or day. */
export const HistoryCharts: React.FC<{ jobs: VideoJobs; hours: 1 | 24 }> = ({ jobs, hours }) => {
  const ask = useCallback((signal: AbortSignal) => jobs.history(hours, signal), [jobs, hours])
  const { data, error } = usePolling(ask, POLL_MS)
  if (!data) {
    return error ? <ConnectionNotice error={error} /> : <Spinner aria-label='Loading the activity' />
  }
  const all = spans(data, hours === 1 ? MINUTES_MS : HOUR_MS)
  const span = hours === 1 ? 'the last hour' : '24 hours'
  const step = hours === 1 ? '5 minutes' : 'Hour'
  const at = all.map(hour => hour.at)
  const units = [...new Set(all.flatMap(hour => Object.keys(hour.spend)))].sort()
  const ended = (states: string[]) => all.map(hour => states.reduce((sum, state) => sum + (hour.ended[state] ?? 0), 0))
  const delivered = ended(['DELIVERED', 'RENDERED'])
  const failed = ended(FAILURES.map(([state]) => state))
  const failures = FAILURES.map(([state, color]) => ({ name: word(state), color, values: ended([state]) }))
    .filter(({ values }) => total(values) > 0)
  const p50 = all.map(hour => hour.waitP50Millis)
  const p95 = all.map(hour => hour.waitP95Millis)
  return (
    <>
      <ConnectionNotice error={error} />
      {all.every(hour => hour.submitted + Object.keys(hour.ended).length === 0) ? (
        <EmptyState titleText={`Nothing happened on this node in ${span === '24 hours' ? 'the last 24 hours' : span}`} headingLevel='h3'>
          <EmptyStateBody>Jobs, waits, failures and spend are drawn here once there are some.</EmptyStateBody>
        </EmptyState>
      ) : (
        <div className='grokvideo-charts'>
          <Chart title='Jobs by state' kind='bars' at={at} step={step} format={count} axis={countStep}
            summary={`${count(total(delivered))} delivered, ${count(total(failed))} ended without a video in ${span}.`}
            series={[{ name: 'Delivered', color: GREEN, values: delivered }, ...failures]} />
          <Chart title='Wait for a video' kind='lines' at={at} step={step} format={duration}
            summary={`The worst ${hours === 1 ? '5 minutes' : 'hour'}'s 95th percentile was ${duration(worst(p95) ?? 0)}.`}
            series={[{ name: 'Half wait at most (p50)', color: BLUE, values: p50 }, { name: '95 % wait at most (p95)', color: PURPLE, values: p95 }]} />
          <Chart title='Failures' kind='bars' at={at} step={step} format={count} axis={countStep}
            summary={failures.map(({ name, values }) => `${name}: ${count(total(values))}`).join(', ') || `None in ${span}.`} series={failures} />
          {units.map(unit => {
            const spend = all.map(hour => hour.spend[unit] ?? 0)
            const money = (value: number) => `${value.toFixed(unit === 'USD' ? 2 : 0)} ${unit}`
            return (
              <Chart key={unit} title={`Spend in ${unit}`} kind='bars' at={at} step={step} format={money} axis={compact} summary={`${money(total(spend))} in ${span}.`}
                series={[{ name: unit, color: BLUE, values: spend }]} />
            )
          })}
        </div>
      )}
    </>
  )
}

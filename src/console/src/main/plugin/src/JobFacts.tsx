import { DescriptionList, DescriptionListDescription, DescriptionListGroup, DescriptionListTerm, Title } from '@patternfly/react-core'
import React from 'react'
import { bytes, cost, dateTime, duration, until } from './format'
import type { JobDetail, JobError } from './jobs'
import { StateLabel } from './StateLabel'

type Rows = [term: string, value: React.ReactNode][]

/** Everything known of a job, in lists; what is not known is left out. */
export const JobFacts: React.FC<{ job: JobDetail; now: number }> = ({ job, now }) => (
  <>
    {job.error && <Facts title='Error' rows={errorRows(job.error)} />}
    <Facts title='Job' rows={jobRows(job, now)} />
    <section>
      <Title headingLevel='h3' size='md'>Timeline</Title>
      <ol className='grokvideo-timeline'>
        {job.timeline.map((step, index) => (
          <li key={`${step.state} ${step.at}`}>
            <StateLabel state={step.state} />
            <time dateTime={step.at}>{dateTime(step.at)}</time>
            {index > 0 && <span className='grokvideo-sub'>after {duration(Date.parse(step.at) - Date.parse(job.timeline[index - 1]?.at ?? step.at))}</span>}
          </li>
        ))}
      </ol>
    </section>
    <Facts title='Request' rows={entries(job.request)} />
    <Facts title='Metadata' rows={entries(job.metadata)} />
  </>
)

const Facts: React.FC<{ title: string; rows: Rows }> = ({ title, rows }) => {
  const known = rows.filter(([, value]) => value !== null && value !== undefined && value !== '' && value !== '–')
  return known.length === 0 ? null : (
    <section>
      <Title headingLevel='h3' size='md'>{title}</Title>
      <DescriptionList isHorizontal isCompact horizontalTermWidthModifier={{ default: '10ch', md: '16ch' }}>
        {known.map(([term, value]) => (
          <DescriptionListGroup key={term}>
            <DescriptionListTerm>{term}</DescriptionListTerm>
            <DescriptionListDescription className='grokvideo-mono'>{value}</DescriptionListDescription>
          </DescriptionListGroup>
        ))}
      </DescriptionList>
    </section>
  )
}

function errorRows(error: JobError): Rows {
  return [
    ['Charged', error.charged === 'unknown' ? 'not known' : error.charged],
    ['Safe to retry', error.retryable ? 'yes' : 'no'],
    ['Gateway code', error.gatewayCode],
    ['Request id', error.requestId],
    ['HTTP status', error.httpStatus]
  ]
}

function jobRows(job: JobDetail, now: number): Rows {
  return [
    ['Provider', `${job.provider} (account ${job.account})`],
    ['Model', job.model],
    ['Answered model', job.answeredModel],
    ['Mode', job.mode],
    ['Task', job.taskId],
    ['Key', job.jobKey],
    ['Tag', job.tag],
    ['Route', job.route ?? (job.detached ? 'none: detached' : null)],
    ['Node', job.node],
    ['Made anew as', job.retriedAs],
    ['Cost', cost(job.cost)],
    ['Next poll', job.endedAt || !job.nextPollAt ? null : until(job.nextPollAt, now)],
    ['Attempts', `${job.submits} submits, ${job.polls} polls, ${job.downloads} downloads`],
    ['Delivery', delivery(job)],
    ['Size', bytes(job.size)],
    ['File', job.file],
    ['SHA-256', job.sha256],
    ['URL', job.url],
    ['Delivered to', job.deliveredTo],
    ['File id', job.fileId],
    ['Public URL', job.publicUrl],
    ['Storage error', job.storageError]
  ]
}

/** How far it is on its way to a `completed` consumer. */
function delivery(job: JobDetail): string | null {
  if (job.delivery === 'NONE') {
    return null
  }
  const word = job.delivery.toLowerCase()
  return job.deliveries === 0 ? word : `${word}, handed out ${job.deliveries === 1 ? 'once' : `${job.deliveries} times`}`
}

function entries(values: Record<string, unknown> | null): Rows {
  return Object.entries(values ?? {}).map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)])
}

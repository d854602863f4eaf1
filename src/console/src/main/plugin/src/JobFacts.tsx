import React from 'react'
import { Link } from 'react-router-dom'
import { bytes } from './format'
import { entries, Facts, type Rows } from './Facts'
import type { JobDetail, JobError } from './jobs'
import { jobPath } from './paths'

/** Everything else known of a job, in lists. */
export const JobFacts: React.FC<{ job: JobDetail }> = ({ job }) => (
  <>
    {job.error && <Facts title='Error' rows={errorRows(job.error)} />}
    <Facts title='Attempts' rows={attemptRows(job)} />
    <Facts title='Accounts tried before' rows={(job.attempts ?? []).map(each => [each.account, `${each.type}: ${each.message}`])} />
    <Facts title='Job' rows={jobRows(job)} />
    <Facts title='File' rows={fileRows(job)} />
    <Facts title='Metadata' rows={entries(job.metadata)} />
  </>
)

function errorRows(error: JobError): Rows {
  return [
    ['Charged', error.charged === 'unknown' ? 'not known' : error.charged],
    ['Safe to retry', error.retryable ? 'yes' : 'no'],
    ['Gateway code', error.gatewayCode],
    ['Request id', error.requestId],
    ['HTTP status', error.httpStatus]
  ]
}

function jobRows(job: JobDetail): Rows {
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
    ['Made anew as', job.retriedAs && <Link to={jobPath(job.retriedAs)}>{job.retriedAs}</Link>],
    ['Delivery', delivery(job)]
  ]
}

function fileRows(job: JobDetail): Rows {
  return [
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

function attemptRows(job: JobDetail): Rows {
  return [
    ['Submits', job.submits],
    ['Status queries', job.polls],
    ['Downloads', job.downloads],
    ['Last answer', job.lastPoll]
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

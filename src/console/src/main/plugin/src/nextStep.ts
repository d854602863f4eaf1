import { until } from './format'
import type { JobDetail } from './jobs'

/** What will happen to a job without anybody's help, and when. */
export function nextStep(job: JobDetail, now: number): string {
  switch (job.state) {
    case 'NEW':
      return `it is sent to ${job.provider} as soon as the account's limits allow.`
    case 'SUBMITTING':
      return `${job.provider} answers the submit. It is never sent twice.`
    case 'ACCEPTED':
    case 'RUNNING':
      return job.nextPollAt ? `the gateway is asked again ${until(job.nextPollAt, now)}.` : 'the gateway is asked again when its node does so.'
    case 'RENDERED':
      return job.urlOnly ? handOver(job) : 'the video is downloaded and checked.'
    case 'DOWNLOADED':
      return handOver(job)
    case 'UNKNOWN':
      return 'nothing, until somebody adopts the task, submits again or gives the job up.'
    default:
      return job.delivery === 'OFFERED' ? handOver(job) : 'nothing. The job has ended.'
  }
}

function handOver(job: JobDetail): string {
  switch (job.delivery) {
    case 'OFFERED':
      return 'a route that reads from “grokvideo:completed” takes it.'
    case 'UNDELIVERED':
      return 'nothing: its route failed too often. “Deliver again” offers it once more.'
    default:
      return `the route ${job.route ?? 'that has it'} takes the video and ends.`
  }
}

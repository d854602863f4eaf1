import type { Action, JobDetail } from './jobs'

interface Text {
  label: string
  question: (job: JobDetail) => string
  /** Said after it worked. */
  done: string
  /** What the dialog and its button are called, if not as the label. */
  confirm?: string
  /** What closes the dialog and changes nothing, if not “Cancel”. */
  dismiss?: string
  costs?: boolean
  danger?: boolean
}

/** What the actions are called, and what a person should know before confirming one. */
export const ACTIONS: Record<Action, Text> = {
  pollNow: {
    label: 'Poll now',
    question: () => 'Asks the gateway for the job’s status now instead of at the next time.',
    done: 'The job is being polled'
  },
  stopWaiting: {
    label: 'Stop waiting',
    question: () => 'The exchanges of this node that wait for this job end with the resumable error “detached”. The job itself goes on and stays paid; it can be awaited again.',
    done: 'Nobody waits for the job any more'
  },
  cancel: {
    label: 'Cancel…',
    question: job => job.state === 'NEW'
      ? `The job waits to be sent to ${job.provider}. It is not sent, and nothing is charged.`
      : 'The gateway is asked to stop it. It may still charge for what it has rendered. If the video is done already, it is downloaded.',
    done: 'The cancellation has been requested',
    confirm: 'Cancel the job',
    dismiss: 'Keep the job',
    danger: true
  },
  redeliver: {
    label: 'Deliver again',
    question: () => 'The finished job is handed to a route that reads from “grokvideo:completed” once more, so what follows there happens again. Without such a route nobody takes it.',
    done: 'The job will be delivered again'
  },
  adopt: {
    label: 'Adopt a task…',
    question: job => `Whether the gateway created a task for this job is unknown. If you found it at ${job.provider}, enter its id: the job goes on with it, and nothing new is paid.`,
    done: 'The job goes on with the task'
  },
  resubmit: {
    label: 'Submit again…',
    question: job => `The request is sent to ${job.provider} once more. If the first submit did create a task, the video is paid twice.`,
    done: 'The job has been submitted again',
    costs: true,
    danger: true
  },
  abandon: {
    label: 'Abandon…',
    question: () => 'The job is given up: it is never polled again, and a video that is still made for it is lost. What was paid stays paid.',
    done: 'The job has been abandoned',
    danger: true
  },
  retry: {
    label: 'Retry…',
    question: job => `A new job with the same request is submitted to ${job.provider}.`,
    done: 'A new job has been submitted',
    costs: true
  }
}

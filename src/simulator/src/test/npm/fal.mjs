import { createFalClient } from '@fal-ai/client'
import { apiKey, baseUrl, file, report } from './report.mjs'

const fal = createFalClient({
  credentials: apiKey,
  requestMiddleware: async request => ({ ...request, url: request.url.replace('https://queue.fal.run', baseUrl) })
})
const app = 'xai/grok-imagine-video/text-to-video'

await report({
  subscribed: async () => {
    const seen = []
    const result = await fal.subscribe(app, {
      input: { prompt: 'A red kite [[queue=2s]] [[render=5s]]', duration: 4 },
      logs: true,
      pollInterval: 50,
      onQueueUpdate: update => {
        seen.push(update.status)
        if (update.status !== 'IN_QUEUE') {
          update.logs.map(log => log.message)
        }
      }
    })
    return { ...result, seen, file: await file(await fetch(result.data.video.url)) }
  },
  submitted: () => fal.queue.submit(app, { input: { prompt: 'A red kite [[render=1h]]' } }),
  status: ({ submitted }) => fal.queue.status(app, { requestId: submitted.request_id }),
  cancelled: async ({ submitted }) => (await fal.queue.cancel(app, { requestId: submitted.request_id })) ?? 'done',
  statusAfter: ({ submitted }) => fal.queue.status(app, { requestId: submitted.request_id }),
  resultAfter: ({ submitted }) => fal.queue.result(app, { requestId: submitted.request_id }),
  invalid: () => fal.queue.submit(app, { input: {} })
})

import OpenAI, { toFile } from 'openai'
import { apiKey, baseUrl, file, PNG, report } from './report.mjs'

// As its users have it: it repeats requests that failed.
const { videos } = new OpenAI({ baseURL: baseUrl, apiKey })

async function ended(id) {
  for (;;) {
    const video = await videos.retrieve(id, { headers: { Prefer: 'wait=5' } })
    if (video.status !== 'queued' && video.status !== 'in_progress') {
      return video
    }
  }
}

const again = { headers: { 'Idempotency-Key': 'order-1' } }

await report({
  text: () => videos.create({ prompt: 'A red kite', seconds: '4', size: '720x1280' }, again),
  textAgain: () => videos.create({ prompt: 'A red kite', seconds: '4', size: '720x1280' }, again),
  image: async () => videos.create({ prompt: 'It flies', input_reference: await toFile(PNG, 'first.png', { type: 'image/png' }) }),
  imageUrl: () => videos.create({ prompt: 'It flies', input_reference: { image_url: 'https://example.com/first.png' } }),
  ended: ({ text }) => ended(text.id),
  content: async ({ text }) => file(await videos.downloadContent(text.id)),
  moderated: async () => ended((await videos.create({ prompt: '[[fault:job-moderated]]' })).id),
  list: async () => {
    const ids = []
    // The client fetches page after page.
    for await (const video of videos.list({ limit: 2 })) {
      ids.push(video.id)
    }
    return ids
  },
  invalid: () => videos.create({ prompt: 'x', seconds: '99' }),
  gone: () => videos.retrieve('none'),
  unknown: () => videos.create({ prompt: '[[fault:submit-500]]' }),
  kept: ({ text }) => videos.delete(text.id)
})

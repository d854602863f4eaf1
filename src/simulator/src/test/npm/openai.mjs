import OpenAI, { toFile } from 'openai'
import { apiKey, baseUrl, file, PNG, report } from './report.mjs'

const { videos } = new OpenAI({ baseURL: baseUrl, apiKey, maxRetries: 0 })
const model = 'grok-imagine-video'

async function ended(id) {
  for (;;) {
    const video = await videos.retrieve(id)
    if (video.status !== 'queued' && video.status !== 'in_progress') {
      return video
    }
    await new Promise(resolve => setTimeout(resolve, 50))
  }
}

await report({
  text: () => videos.create({ model, prompt: 'A red kite', seconds: '4', size: '720x1280' }),
  image: async () => videos.create({ model, prompt: 'It flies', input_reference: await toFile(PNG, 'first.png', { type: 'image/png' }) }),
  imageUrl: () => videos.create({ model, prompt: 'It flies', input_reference: { image_url: 'https://example.com/first.png' } }),
  ended: ({ text }) => ended(text.id),
  imageEnded: ({ image }) => ended(image.id),
  content: async ({ text }) => file(await videos.downloadContent(text.id)),
  thumbnail: async ({ text }) => file(await videos.downloadContent(text.id, { variant: 'thumbnail' })),
  remix: ({ text }) => videos.remix(text.id, { prompt: 'At night' }),
  edit: ({ text }) => videos.edit({ prompt: 'At night', video: { id: text.id } }),
  extend: ({ text }) => videos.extend({ prompt: 'It lands', video: { id: text.id }, seconds: '4' }),
  list: async () => {
    const ids = []
    // The client fetches page after page.
    for await (const video of videos.list({ limit: 2 })) {
      ids.push(video.id)
    }
    return ids
  },
  deleted: ({ text }) => videos.delete(text.id),
  gone: ({ text }) => videos.retrieve(text.id),
  invalid: () => videos.create({ model, prompt: 'x', seconds: '99' }),
  moderated: async () => ended((await videos.create({ model, prompt: '[[fault:job-moderated]]' })).id)
})

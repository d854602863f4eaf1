import { createXai } from '@ai-sdk/xai'
import { experimental_generateVideo as generateVideo } from 'ai'
import { apiKey, baseUrl, file, PNG, report } from './report.mjs'

const xai = createXai({ baseURL: baseUrl, apiKey })

async function generate({ options = {}, ...request }) {
  let downloaded
  const result = await generateVideo({
    model: xai.video('grok-imagine-video'),
    maxRetries: 0,
    providerOptions: { xai: { pollIntervalMs: 50, pollTimeoutMs: 30_000, ...options } },
    // Its own download refuses addresses of this machine.
    download: async ({ url }) => {
      const response = await fetch(url)
      downloaded = await file(response.clone())
      return { data: new Uint8Array(await response.arrayBuffer()), mediaType: downloaded.type }
    },
    ...request
  })
  const { requestId, videoUrl, duration, costInUsdTicks } = result.providerMetadata.xai
  return { requestId, videoUrl, duration, costInUsdTicks, ...downloaded, warnings: result.warnings, mediaType: result.video.mediaType }
}

await report({
  text: () => generate({ prompt: 'A red kite', duration: 4, aspectRatio: '9:16', resolution: '1280x720' }),
  image: () => generate({ prompt: { image: PNG, text: 'It flies' }, duration: 3 }),
  references: () => generate({
    prompt: 'It flies', options: { mode: 'reference-to-video', referenceImageUrls: ['https://example.com/kite.png'] }
  }),
  edit: ({ text }) => generate({ prompt: 'At night', options: { mode: 'edit-video', videoUrl: text.videoUrl } }),
  extend: ({ text }) => generate({ prompt: 'It lands', duration: 3, options: { mode: 'extend-video', videoUrl: text.videoUrl } }),
  moderated: () => generate({ prompt: '[[fault:job-moderated]]' }),
  failed: () => generate({ prompt: '[[fault:job-failed]]' }),
  expired: () => generate({ prompt: '[[fault:job-expired]]' }),
  refused: () => generate({ prompt: 'x', model: createXai({ baseURL: baseUrl, apiKey: 'xai-invalid' }).video('grok-imagine-video') })
})

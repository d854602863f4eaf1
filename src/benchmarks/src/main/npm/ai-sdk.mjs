// The AI SDK as its guide shows it, with its own poll interval. It keeps the video in memory.
import { createXai } from '@ai-sdk/xai'
import { experimental_generateVideo as generateVideo } from 'ai'
import { measure } from './double.mjs'

await measure(async base => {
  const xai = createXai({ baseURL: base + '/v1', apiKey: 'xai-benchmark' })
  await generateVideo({
    model: xai.video('grok-imagine-video'),
    prompt: 'A red kite',
    maxRetries: 0,
    providerOptions: { xai: { pollTimeoutMs: 900_000 } },
    // Its own download refuses addresses of this machine.
    download: async ({ url }) => ({ data: new Uint8Array(await (await fetch(url)).arrayBuffer()), mediaType: 'video/mp4' })
  })
})

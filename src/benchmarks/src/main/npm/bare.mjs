// A client without a library: submit, poll every 50 ms, write the file. No hash, no fsync, no retry.
import { mkdtempSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { measure } from './double.mjs'

const folder = mkdtempSync(join(tmpdir(), 'bare-node-'))
const headers = { authorization: 'Bearer xai-benchmark', 'content-type': 'application/json' }

await measure(async base => {
  const body = JSON.stringify({ model: 'grok-imagine-video', prompt: 'A red kite' })
  const submitted = await (await fetch(base + '/v1/videos/generations', { method: 'POST', headers, body })).json()
  for (;;) {
    await new Promise(resolve => setTimeout(resolve, 50))
    const polled = await (await fetch(base + '/v1/videos/' + submitted.request_id, { headers })).json()
    if (polled.status === 'done') {
      const video = await (await fetch(polled.video.url)).arrayBuffer()
      await writeFile(join(folder, submitted.request_id + '.mp4'), new Uint8Array(video))
      return
    }
  }
})
rmSync(folder, { recursive: true })

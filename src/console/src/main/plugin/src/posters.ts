import { type Job, videoUrl } from './jobs'

/** A picture of a video, as a data URL, and how long the video is. */
export interface Poster {
  picture: string
  seconds: number
}

const AT_ONCE = 2
const PATIENCE_MS = 10_000
const LONGEST_SIDE = 320
const QUALITY = 0.75
/** Into the video, since many begin in black. */
const AT_SECONDS = 1
const STORED = 'grokvideo.poster.'
/** About 10 KB each. */
const MOST_KNOWN = 500

const known = new Map<string, Poster>()
const gone = new Set<string>()
const waiting: { job: Job; wanted: () => boolean; done: (poster: Poster | undefined) => void }[] = []
let running = 0

/** Whether the file of a job can be asked for a picture. */
export const mayHavePoster = (job: Job) => job.kept && job.sha256 !== null && !gone.has(job.sha256)

/** The picture, if it has been taken before; by the file's hash, so that the same video is fetched once. */
export function knownPoster(job: Job): Poster | undefined {
  const key = job.sha256
  if (key === null) {
    return undefined
  }
  const poster = known.get(key) ?? stored(key)
  if (poster) {
    remember(key, poster)
  }
  return poster
}

/** The one used longest ago is forgotten first. */
function remember(key: string, poster: Poster): void {
  known.delete(key)
  known.set(key, poster)
  const oldest = known.keys().next().value
  if (known.size > MOST_KNOWN && oldest !== undefined) {
    known.delete(oldest)
  }
}

/** Takes a picture when it is this job's turn, and if it is still wanted then; undefined = not taken. */
export function takePoster(job: Job, wanted: () => boolean): Promise<Poster | undefined> {
  return new Promise(done => {
    waiting.push({ job, wanted, done })
    next()
  })
}

function next(): void {
  while (running < AT_ONCE && waiting.length > 0) {
    const one = waiting.shift()
    if (!one || !one.wanted()) {
      one?.done(undefined)
      continue
    }
    running++
    void take(one.job).then(one.done).finally(() => {
      running--
      next()
    })
  }
}

async function take(job: Job): Promise<Poster | undefined> {
  const key = job.sha256
  const before = knownPoster(job)
  if (before || key === null) {
    return before
  }
  const video = document.createElement('video')
  try {
    const poster = await draw(video, videoUrl(job.id))
    remember(key, poster)
    store(key, poster)
    return poster
  } catch {
    // Its file has gone, or is no video this browser knows. It is asked for again when the page is loaded anew.
    gone.add(key)
    return undefined
  } finally {
    video.removeAttribute('src')
    video.load()
  }
}

async function draw(video: HTMLVideoElement, url: string): Promise<Poster> {
  video.muted = true
  video.preload = 'auto'
  const loaded = once(video, 'loadeddata')
  video.src = url
  await loaded
  const seconds = video.duration
  const sought = once(video, 'seeked')
  video.currentTime = Math.min(AT_SECONDS, seconds / 2)
  await sought
  const scale = Math.min(1, LONGEST_SIDE / Math.max(video.videoWidth, video.videoHeight))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(video.videoWidth * scale)
  canvas.height = Math.round(video.videoHeight * scale)
  canvas.getContext('2d')?.drawImage(video, 0, 0, canvas.width, canvas.height)
  return { picture: canvas.toDataURL('image/jpeg', QUALITY), seconds }
}

function once(video: HTMLVideoElement, event: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('timeout')), PATIENCE_MS)
    video.addEventListener(event, () => { clearTimeout(timer); resolve() }, { once: true })
    video.addEventListener('error', () => { clearTimeout(timer); reject(new Error('no video')) }, { once: true })
  })
}

function stored(key: string): Poster | undefined {
  try {
    return JSON.parse(sessionStorage.getItem(STORED + key) ?? 'null') ?? undefined
  } catch {
    return undefined
  }
}

/** For this browser tab only: pictures of videos do not outlive it. */
function store(key: string, poster: Poster): void {
  try {
    sessionStorage.setItem(STORED + key, JSON.stringify(poster))
  } catch {
    forgetStored()
  }
}

function forgetStored(): void {
  try {
    Object.keys(sessionStorage).filter(name => name.startsWith(STORED)).forEach(name => sessionStorage.removeItem(name))
  } catch {
    // It is switched off.
  }
}

const LONGEST_SIDE = 160
const QUALITY = 0.7
export const MOST_MIB = 20
/** Of one form. */
export const MOST_IMAGES = 20
export const TYPES = ['image/jpeg', 'image/png', 'image/webp', 'image/gif']

/** Why a file need not even be sent; undefined = it may be. The server looks at the bytes. */
export function unfit(file: File): string | undefined {
  if (!TYPES.includes(file.type)) {
    return `${file.name} is no JPEG, PNG, WebP or GIF image.`
  }
  return file.size > MOST_MIB << 20 ? `${file.name} is larger than ${MOST_MIB} MiB.` : undefined
}

/** A small picture as a data URL, which outlives a reload; undefined = this browser cannot read it. */
export async function thumbnail(file: File): Promise<string | undefined> {
  try {
    const image = await createImageBitmap(file)
    const scale = Math.min(1, LONGEST_SIDE / Math.max(image.width, image.height))
    const canvas = document.createElement('canvas')
    canvas.width = Math.max(1, Math.round(image.width * scale))
    canvas.height = Math.max(1, Math.round(image.height * scale))
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
    image.close()
    return canvas.toDataURL('image/jpeg', QUALITY)
  } catch {
    return undefined
  }
}

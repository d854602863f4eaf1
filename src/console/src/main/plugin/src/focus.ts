const FRAMES = 60

/** Moves the focus to an element as soon as it can have it: a drawer shows its panel, and a dialog gives the focus back, some frames later. */
export function focusSoon(find: () => HTMLElement | null, wanted: () => boolean = () => true): () => void {
  let frame = 0
  let left = FRAMES
  const attempt = () => {
    const element = find()
    if (element && document.activeElement !== element && wanted()) {
      element.focus()
    }
    if (left-- > 0 && document.activeElement !== element) {
      frame = requestAnimationFrame(attempt)
    }
  }
  frame = requestAnimationFrame(attempt)
  return () => cancelAnimationFrame(frame)
}

/** Whether the focus went with the element that had it, which leaves who uses the keyboard at the page's start. */
export const focusIsLost = () => document.activeElement === null || document.activeElement === document.body

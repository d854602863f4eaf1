/** Whether somebody may be reading a list: it is scrolled, or the pointer or the focus is in it, or a dialog is open. */
export function isRead(list: HTMLElement | null): boolean {
  if (!list) {
    return false
  }
  if (list.matches(':hover') || list.contains(document.activeElement) || document.querySelector('[role=dialog]')) {
    return true
  }
  for (let element: HTMLElement | null = list; element; element = element.parentElement) {
    if (element.scrollTop > 0) {
      return true
    }
  }
  return window.scrollY > 0
}

/**
 * A double click on a button sends its form once. The server bears being asked twice; what the person would see of the
 * second answer is that something was done already, as if it had gone wrong.
 */
const SECOND = 1000
const sent = new WeakMap<HTMLFormElement, { button: HTMLElement | null; at: number }>()

document.addEventListener('submit', (event) => {
  const form = event.target as HTMLFormElement
  const button = event.submitter
  const last = sent.get(form)
  if (last && last.button === button && event.timeStamp - last.at < SECOND) event.preventDefault()
  else if (!event.defaultPrevented) sent.set(form, { button, at: event.timeStamp })
})

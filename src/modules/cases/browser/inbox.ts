export {}

/** `t` in the list of cases: takes the case of the row in focus. The other keys are the platform's (`keys.ts`). */
const bulk = document.querySelector<HTMLFormElement>('form#bulk')

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLTextAreaElement ||
  target instanceof HTMLSelectElement ||
  (target instanceof HTMLInputElement && target.type !== 'checkbox')

document.addEventListener('keydown', (event) => {
  if (event.key !== 't' || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
  if (!bulk || isTyping(event.target) || localStorage.getItem('rathaus-keys-off') !== null) return
  const row = document.activeElement?.closest('tbody tr')
  const box = row?.querySelector<HTMLInputElement>('input[type=checkbox][name=case]')
  if (!box) return
  event.preventDefault()
  for (const other of document.querySelectorAll<HTMLInputElement>('input[type=checkbox][name=case]'))
    other.checked = other === box
  bulk.requestSubmit()
})

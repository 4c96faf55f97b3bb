export {}

/** The list of cases: `t` takes what is chosen, or the row in focus where nothing is; one box chooses all rows. */
const bulk = document.querySelector<HTMLFormElement>('form#bulk')
const BOX = 'tbody input[type=checkbox][name=case]'
const boxes = (): HTMLInputElement[] => [...document.querySelectorAll<HTMLInputElement>(BOX)]

// Before the platform's keys (`keys.ts`), which then press the button.
document.addEventListener(
  'keydown',
  (event) => {
    if (event.key !== 't' || !bulk || localStorage.getItem('rathaus-keys-off') !== null) return
    const row = document.activeElement?.closest('tbody tr')
    const box = row?.querySelector<HTMLInputElement>('input[type=checkbox][name=case]')
    if (!box || boxes().some(({ checked }) => checked)) return
    box.checked = true
    tell()
  },
  true,
)

const head = document.querySelector('thead .rh-table__select')
const all = document.createElement('input')
const chosen = bulk?.querySelector('output')

if (bulk && head) {
  Object.assign(all, { type: 'checkbox', className: 'kern-form-check__checkbox rh-check-small' })
  all.setAttribute('aria-label', bulk.dataset['all'] ?? '')
  all.addEventListener('change', () => {
    for (const box of boxes()) box.checked = all.checked
    tell()
  })
  head.replaceChildren(all)
  document.addEventListener('change', (event) => {
    if (event.target instanceof HTMLInputElement && event.target.matches(BOX)) tell()
  })
  // A browser that goes back keeps what was chosen.
  window.addEventListener('pageshow', tell)
}

/** How many are chosen, said beside the buttons that will do something to them. */
function tell(): void {
  const count = boxes().filter(({ checked }) => checked).length
  all.checked = count > 0 && count === boxes().length
  all.indeterminate = count > 0 && !all.checked
  if (chosen) chosen.textContent = count === 0 ? '' : `${count} ${bulk?.dataset['chosen'] ?? ''}`
}

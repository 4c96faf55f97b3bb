/**
 * Single keys of the workbench: `/` search, `j` `k` rows, `Enter` open, `x` select, `?` help, and whatever carries
 * `data-key`: buttons and links are pressed, fields get the focus.
 * They can be turned off (WCAG 2.1.4), which is remembered in this browser.
 */
const OFF = 'rathaus-keys-off'
const LEFT = 'rathaus-rows-left'

type Words = Readonly<Record<'title' | 'search' | 'down' | 'up' | 'open' | 'select' | 'help' | 'close' | 'on', string>>

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
  !(target instanceof HTMLInputElement && /^(checkbox|radio|submit|button)$/.test(target.type))

const rows = (): HTMLTableRowElement[] => [
  ...document.querySelectorAll<HTMLTableRowElement>('.rh-table--dense tbody tr'),
]
const boxOf = (row: Element | null | undefined): HTMLInputElement | null =>
  row?.querySelector<HTMLInputElement>('input[type=checkbox]') ?? null
const search = (): HTMLInputElement | null =>
  document.querySelector<HTMLInputElement>('main input[type=search], input[type=search]')
const marked = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('[data-key]')]
const isField = (element: HTMLElement): element is HTMLTextAreaElement | HTMLInputElement =>
  element instanceof HTMLTextAreaElement || element instanceof HTMLInputElement
const nameOf = (element: HTMLElement): string =>
  (isField(element) ? (element.labels?.[0] ?? element) : element).textContent?.trim() ?? ''

const pathOf = (row: Element): string => row.querySelector<HTMLAnchorElement>('a[href]')?.pathname ?? ''

/** Rows from which an action left this list, that row first: the list goes on there, or at the next that is still in it. */
let left: readonly string[] = []

function rowLeft(all: readonly HTMLTableRowElement[]): number {
  const paths = all.map(pathOf)
  const again = left.find((path) => paths.includes(path))
  if (again === undefined) return -1
  return paths.indexOf(again) - (again === left[0] ? 0 : 1)
}

function move(step: 1 | -1): void {
  const all = rows()
  const focused = all.findIndex((row) => row.contains(document.activeElement))
  const now = focused === -1 ? rowLeft(all) : focused
  const index = now === -1 && step === -1 ? all.length - 1 : Math.min(all.length - 1, Math.max(0, now + step))
  const row = all[index]
  row?.querySelector<HTMLElement>('a[href]')?.focus()
  row?.scrollIntoView({ block: 'nearest' })
}

function help(words: Words): void {
  const dialog = document.createElement('dialog')
  dialog.className = 'kern-dialog rh-help'
  dialog.setAttribute('aria-labelledby', 'rh-help-title')
  // Only what does something on this page.
  const [row] = rows()
  const entries: [string, string][] = [
    ...(search() ? [['/', words.search] as [string, string]] : []),
    ...(row
      ? ([
          ['j', words.down],
          ['k', words.up],
          ['Enter', words.open],
        ] as [string, string][])
      : []),
    ...(boxOf(row) ? [['x', words.select] as [string, string]] : []),
    ...marked().map((element): [string, string] => [element.dataset.key ?? '', nameOf(element)]),
    ['?', words.help],
  ]
  const list = document.createElement('dl')
  for (const [key, meaning] of entries) {
    const term = document.createElement('dt')
    const name = document.createElement('kbd')
    name.textContent = key
    term.append(name)
    const description = document.createElement('dd')
    description.textContent = meaning
    list.append(term, description)
  }
  const title = document.createElement('h2')
  title.id = 'rh-help-title'
  title.className = 'kern-title'
  title.textContent = words.title
  const switchLabel = document.createElement('label')
  const box = document.createElement('input')
  box.type = 'checkbox'
  box.checked = localStorage.getItem(OFF) === null
  box.addEventListener('change', () => (box.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, 'yes')))
  switchLabel.append(box, ` ${words.on}`)
  const close = document.createElement('button')
  close.type = 'button'
  close.className = 'kern-btn kern-btn--secondary'
  close.append(Object.assign(document.createElement('span'), { className: 'kern-label', textContent: words.close }))
  close.addEventListener('click', () => dialog.close())
  const body = document.createElement('div')
  body.className = 'kern-dialog__body'
  body.append(title, list, switchLabel, close)
  dialog.append(body)
  dialog.addEventListener('close', () => dialog.remove())
  document.body.append(dialog)
  dialog.showModal()
}

// The layout of the workbench brings the words.
const words = document.body.dataset.keys
if (words) {
  left = JSON.parse(sessionStorage.getItem(LEFT) ?? '[]') as string[]
  sessionStorage.removeItem(LEFT)
  document.addEventListener('submit', () => {
    const all = rows()
    const at = all.findIndex((row) => row.contains(document.activeElement))
    if (at !== -1) sessionStorage.setItem(LEFT, JSON.stringify(all.slice(at).map(pathOf)))
  })
  document.addEventListener('keydown', (event) => {
    if (
      event.defaultPrevented ||
      event.ctrlKey ||
      event.metaKey ||
      event.altKey ||
      typing(event.target) ||
      document.querySelector('dialog[open]')
    )
      return
    if (event.key === '?') {
      event.preventDefault()
      help(JSON.parse(words) as Words)
    }
    if (localStorage.getItem(OFF) !== null) return
    if (event.key === '/') {
      const field = search()
      if (!field) return
      event.preventDefault()
      field.focus()
      field.select()
    } else if (event.key === 'j') move(1)
    else if (event.key === 'k') move(-1)
    else if (event.key === 'x') boxOf(document.activeElement?.closest('tbody tr'))?.click()
    else {
      const element = marked().find((one) => one.dataset.key === event.key && !(one as HTMLButtonElement).disabled)
      if (!element) return
      event.preventDefault()
      if (isField(element)) element.focus()
      else element.click()
    }
  })
}

export {}

interface Completion {
  readonly label: string
  readonly street: string
  readonly houseNumber: string | null
  readonly postcode: string
  readonly place: string
}

/** Milliseconds without a key until the list is asked for. */
const PAUSE = 150

/**
 * Completes street and house number from the city's addresses while they are typed, in fields of their own or in one line: a
 * combobox with a list (ARIA Authoring Practices). Without it the page's button "find address" does the same, or what is typed
 * in one line is read as it is.
 */
class AddressCompletion extends HTMLElement {
  private readonly list = document.createElement('ul')
  private readonly status = document.createElement('p')
  private completions: readonly Completion[] = []
  private active = -1
  private request: AbortController | null = null

  connectedCallback(): void {
    const street = this.typed
    const houseNumber = this.field('houseNumber')
    if (!street || this.contains(this.list)) return
    this.list.id = `${street.id}-vorschlaege`
    this.list.className = 'rh-suggest__list'
    this.list.setAttribute('role', 'listbox')
    this.list.setAttribute('aria-label', this.querySelector('label')?.textContent ?? '')
    this.list.hidden = true
    this.status.className = 'kern-sr-only'
    this.status.setAttribute('role', 'status')
    const box = street.closest('.kern-form-input') ?? street.parentElement
    box?.classList.add('rh-address__box')
    box?.append(this.list, this.status)
    for (const button of this.querySelectorAll<HTMLElement>('.rh-address__find')) button.hidden = true
    street.setAttribute('role', 'combobox')
    street.setAttribute('aria-expanded', 'false')
    street.setAttribute('aria-controls', this.list.id)
    street.setAttribute('aria-autocomplete', 'list')
    street.autocomplete = 'off'
    let timer: ReturnType<typeof setTimeout> | undefined
    street.addEventListener('input', () => {
      clearTimeout(timer)
      timer = setTimeout(() => void this.suggest(street.value), PAUSE)
    })
    street.addEventListener('keydown', (event) => this.key(event))
    street.addEventListener('blur', () => setTimeout(() => this.close(), PAUSE))
    houseNumber?.addEventListener('change', () => void this.locate(street.value, houseNumber.value))
  }

  private field(name: string): HTMLInputElement | null {
    return this.querySelector<HTMLInputElement>(`input[data-part="${name}"]`)
  }

  private get typed(): HTMLInputElement | null {
    return this.field('street') ?? this.field('line')
  }

  private async ask(words: string): Promise<readonly Completion[]> {
    this.request?.abort()
    if (words.trim().length < 2) return []
    this.request = new AbortController()
    try {
      const address = new URL(this.dataset.source ?? '', location.href)
      address.searchParams.set('q', words.trim().slice(0, 200))
      const answer = await fetch(address, { signal: this.request.signal, headers: { accept: 'application/json' } })
      return answer.ok ? ((await answer.json()) as Completion[]) : []
    } catch {
      // Aborted by the next letter, or no network: what is typed still counts.
      return []
    }
  }

  private async suggest(typed: string): Promise<void> {
    const found = await this.ask(typed)
    // An answer that comes late must not open over what the person fills in now.
    if (document.activeElement !== this.typed) return
    this.completions = found.slice(0, 8)
    this.active = -1
    this.list.replaceChildren(
      ...this.completions.map((completion, index) => {
        const option = document.createElement('li')
        option.id = `${this.list.id}-${index}`
        option.className = 'rh-suggest__option'
        option.setAttribute('role', 'option')
        option.setAttribute('aria-selected', 'false')
        option.textContent = `${completion.label}, ${completion.postcode} ${completion.place}`
        option.addEventListener('mousedown', (event) => {
          event.preventDefault()
          this.take(completion)
        })
        return option
      }),
    )
    const count = this.completions.length
    this.list.hidden = count === 0
    const words = count === 1 ? this.dataset.one : this.dataset.many?.replace('99', String(count))
    this.status.textContent = count === 0 ? '' : (words ?? '')
    this.typed?.setAttribute('aria-expanded', String(count > 0))
    this.typed?.removeAttribute('aria-activedescendant')
  }

  /** A house number completes postcode and place, if there is one such house. */
  private async locate(street: string, houseNumber: string): Promise<void> {
    const found = (await this.ask(`${street} ${houseNumber}`)).filter(
      (one) => one.houseNumber?.toLowerCase() === houseNumber.replaceAll(' ', '').toLowerCase(),
    )
    if (found.length === 1 && found[0]) this.fill(found[0])
  }

  private take(completion: Completion): void {
    this.fill(completion)
    this.close()
    const line = this.field('line')
    // The number is still to be typed.
    if (line) line.value = completion.houseNumber === null ? `${completion.label} ` : completion.label
    const next = completion.houseNumber === null ? this.field('houseNumber') : this.field('place')
    next?.focus()
  }

  private fill(completion: Completion): void {
    for (const name of ['street', 'houseNumber', 'postcode', 'place'] as const) {
      const input = this.field(name)
      const value = completion[name]
      if (input && value !== null) input.value = value
    }
  }

  private close(): void {
    this.list.hidden = true
    this.status.textContent = ''
    this.active = -1
    this.typed?.setAttribute('aria-expanded', 'false')
    this.typed?.removeAttribute('aria-activedescendant')
  }

  private key(event: KeyboardEvent): void {
    if (this.list.hidden || this.completions.length === 0) return
    if (event.key === 'Escape') {
      event.preventDefault()
      this.close()
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      const last = this.completions.length - 1
      if (event.key === 'ArrowDown') this.active = this.active >= last ? 0 : this.active + 1
      else this.active = this.active <= 0 ? last : this.active - 1
      const options = [...this.list.children]
      options.forEach((option, index) => option.setAttribute('aria-selected', String(index === this.active)))
      this.typed?.setAttribute('aria-activedescendant', options[this.active]?.id ?? '')
    } else if (event.key === 'Enter' && this.active >= 0) {
      event.preventDefault()
      const chosen = this.completions[this.active]
      if (chosen) this.take(chosen)
    }
  }
}
customElements.define('rh-address', AddressCompletion)

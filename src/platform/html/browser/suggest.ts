interface Suggestion {
  readonly label: string
  readonly href: string
  readonly hint?: string
}

/** Results while typing under a search field: a combobox with a list (ARIA Authoring Practices). Without it the form searches. */
class Suggest extends HTMLElement {
  private input: HTMLInputElement | null = null
  private list: HTMLUListElement = document.createElement('ul')
  private status = document.createElement('p')
  private active = -1
  private request: AbortController | null = null
  private timer: ReturnType<typeof setTimeout> | undefined

  connectedCallback(): void {
    this.input = this.querySelector('input')
    if (!this.input || this.contains(this.list)) return
    const input = this.input
    this.list.id = `${input.id}-vorschlaege`
    this.list.className = 'rh-suggest__list'
    this.list.setAttribute('role', 'listbox')
    this.list.setAttribute('aria-label', this.querySelector('label')?.textContent ?? '')
    this.list.hidden = true
    this.status.className = 'kern-sr-only'
    this.status.setAttribute('role', 'status')
    this.append(this.list, this.status)
    input.setAttribute('role', 'combobox')
    input.setAttribute('aria-expanded', 'false')
    input.setAttribute('aria-controls', this.list.id)
    input.setAttribute('aria-autocomplete', 'list')
    input.addEventListener('input', () => {
      clearTimeout(this.timer)
      this.timer = setTimeout(() => void this.ask(input.value.trim()), 120)
    })
    input.addEventListener('keydown', (event) => this.key(event))
    input.addEventListener('blur', () => setTimeout(() => this.close(), 150))
  }

  private async ask(words: string): Promise<void> {
    this.request?.abort()
    if (words.length < 2) return this.close()
    this.request = new AbortController()
    try {
      const address = new URL(this.dataset.source ?? '', location.href)
      address.searchParams.set('q', words)
      const answer = await fetch(address, { signal: this.request.signal, headers: { accept: 'application/json' } })
      const suggestions = answer.ok ? ((await answer.json()) as Suggestion[]) : []
      // An answer that comes late must not open over what the person does now.
      if (document.activeElement === this.input) this.show(suggestions)
    } catch {
      // Aborted by the next letter, or no network: the form still searches.
    }
  }

  private show(suggestions: readonly Suggestion[]): void {
    this.active = -1
    this.list.replaceChildren(
      ...suggestions.slice(0, 8).map((suggestion, index) => {
        const option = document.createElement('li')
        option.id = `${this.list.id}-${index}`
        option.className = 'rh-suggest__option'
        option.setAttribute('role', 'option')
        option.setAttribute('aria-selected', 'false')
        option.dataset.href = suggestion.href
        option.append(suggestion.label)
        if (suggestion.hint) {
          const hint = document.createElement('span')
          hint.className = 'rh-suggest__hint'
          hint.textContent = suggestion.hint
          option.append(hint)
        }
        option.addEventListener('mousedown', (event) => {
          event.preventDefault()
          location.assign(suggestion.href)
        })
        return option
      }),
    )
    const { length: count } = this.list.children
    this.list.hidden = count === 0
    const words = count === 1 ? this.dataset.one : this.dataset.many?.replace('99', String(count))
    this.status.textContent = count === 0 ? '' : (words ?? '')
    this.input?.setAttribute('aria-expanded', String(suggestions.length > 0))
    this.input?.removeAttribute('aria-activedescendant')
  }

  /** For good: what was asked for the letters before it must not open the list again. */
  private close(): void {
    clearTimeout(this.timer)
    this.request?.abort()
    this.list.hidden = true
    this.status.textContent = ''
    this.active = -1
    this.input?.setAttribute('aria-expanded', 'false')
    this.input?.removeAttribute('aria-activedescendant')
  }

  private key(event: KeyboardEvent): void {
    if (event.key === 'Escape') {
      if (!this.list.hidden) event.preventDefault()
      return this.close()
    }
    const options = [...this.list.children] as HTMLElement[]
    if (this.list.hidden || options.length === 0) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      const step = event.key === 'ArrowDown' ? 1 : -1
      this.active = (this.active + step + options.length + (this.active === -1 && step === -1 ? 1 : 0)) % options.length
      options.forEach((option, index) => option.setAttribute('aria-selected', String(index === this.active)))
      this.input?.setAttribute('aria-activedescendant', options[this.active]?.id ?? '')
    } else if (event.key === 'Enter' && this.active >= 0) {
      event.preventDefault()
      location.assign(options[this.active]?.dataset.href ?? '')
    }
  }
}
customElements.define('rh-suggest', Suggest)

/**
 * `<queue-kiosk data-seconds data-to>`: the field for the code has the focus, so that a scanner can begin at once; after a
 * while without a touch the terminal goes back to its start. `data-always`: also where nobody has touched anything; such a page
 * is of one person, and nobody comes back to it: not by "back" either, for which browsers keep pages as they were.
 */
customElements.define(
  'queue-kiosk',
  class extends HTMLElement {
    #timer: number | undefined

    connectedCallback(): void {
      const field = this.querySelector<HTMLInputElement>('input[name=code]')
      // What went wrong has the focus first.
      if (field && !document.querySelector('[data-focus]')) field.focus()
      for (const name of ['pointerdown', 'keydown', 'input', 'scroll'])
        document.addEventListener(name, this.#touched, { passive: true })
      if (this.dataset.always !== undefined || location.pathname !== this.dataset.to) this.#touched()
      if (this.dataset.always !== undefined) {
        window.addEventListener('pagehide', this.#left)
        window.addEventListener('pageshow', this.#shown)
      }
      const finish = this.querySelector<HTMLAnchorElement>('a[data-finish]')
      finish?.addEventListener('click', (event) => {
        event.preventDefault()
        location.replace(finish.href)
      })
      this.#offer('[data-print]', () => window.print())
      this.#offer('[data-more]', this.#touched)
      if ('speechSynthesis' in window) this.#offer('[data-read]', () => this.#read())
    }

    disconnectedCallback(): void {
      clearTimeout(this.#timer)
      window.removeEventListener('pagehide', this.#left)
      window.removeEventListener('pageshow', this.#shown)
      for (const name of ['pointerdown', 'keydown', 'input', 'scroll'])
        document.removeEventListener(name, this.#touched)
    }

    readonly #touched = (): void => {
      clearTimeout(this.#timer)
      const seconds = Number(this.dataset.seconds)
      this.#timer = window.setTimeout(this.#toStart, seconds * 1000)
    }

    /** In place of this page: nobody goes back to the number of somebody else. */
    readonly #toStart = (): void => location.replace(this.dataset.to ?? '/')

    readonly #left = (): void => {
      this.hidden = true
    }

    readonly #shown = ({ persisted }: PageTransitionEvent): void => {
      const [loaded] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
      if (persisted || loaded?.type === 'back_forward') this.#toStart()
    }

    #offer(selector: string, does: () => void): void {
      const button = this.querySelector<HTMLButtonElement>(selector)
      if (!button) return
      button.hidden = false
      button.addEventListener('click', does)
    }

    #read(): void {
      const spoken = new SpeechSynthesisUtterance(this.dataset.say ?? '')
      spoken.lang = this.dataset.lang === 'en' ? 'en-GB' : 'de-DE'
      speechSynthesis.cancel()
      speechSynthesis.speak(spoken)
    }
  },
)

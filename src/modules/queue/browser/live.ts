/**
 * `<queue-live data-src>`: keeps its parts as the server says (server-sent events). Comes again by itself after the network
 * was gone, which it notices by the silence; what somebody types is left alone until they leave it.
 * Hidden pages say goodbye, unless `data-always`: browsers have six connections for all pages of a city.
 */
const SILENCE_MS = 35_000
const SOON_MS = 1_000
const LATE_MS = 8_000
/** Shorter interruptions are nobody's business. */
const TELL_AFTER_MS = 3_000

customElements.define(
  'queue-live',
  class extends HTMLElement {
    #source: EventSource | null = null
    #heardAt = 0
    #tries = 0
    #again: number | undefined
    #tell: number | undefined
    #watch: number | undefined
    readonly #waiting = new Map<string, Element>()

    connectedCallback(): void {
      // As the server sent them: what somebody opens or ticks in them, or another script shows, is no reason to replace them.
      for (const part of this.querySelectorAll('[data-part]')) part.setAttribute('data-is', part.innerHTML)
      this.#open()
      this.#watch = window.setInterval(() => {
        if (this.#source && performance.now() - this.#heardAt > SILENCE_MS) this.#lost()
      }, 5_000)
      window.addEventListener('online', this.#now)
      document.addEventListener('visibilitychange', this.#seen)
      this.addEventListener('focusout', this.#left)
    }

    disconnectedCallback(): void {
      this.#close()
      clearInterval(this.#watch)
      window.removeEventListener('online', this.#now)
      document.removeEventListener('visibilitychange', this.#seen)
    }

    readonly #now = (): void => this.#open()

    readonly #seen = (): void => {
      if (this.dataset.always !== undefined) return
      if (document.hidden) this.#close()
      else this.#open()
    }

    readonly #left = (): void => {
      setTimeout(() => {
        for (const [id, part] of this.#waiting) this.#put(id, part)
      })
    }

    #close(): void {
      this.#source?.close()
      this.#source = null
      clearTimeout(this.#again)
    }

    #open(): void {
      this.#close()
      const source = new EventSource(this.dataset.src ?? '')
      this.#source = source
      this.#heardAt = performance.now()
      source.addEventListener('open', () => this.#heard())
      source.addEventListener('beat', () => this.#heard())
      source.addEventListener('show', (event) => {
        this.#heard()
        this.#show(JSON.parse((event as MessageEvent<string>).data) as string)
      })
      source.addEventListener('error', () => this.#lost())
    }

    #heard(): void {
      this.#heardAt = performance.now()
      this.#tries = 0
      clearTimeout(this.#tell)
      this.#tell = undefined
      this.#offline(false)
    }

    /** All screens of a hall lose their network at once, and do not come again at once. */
    #lost(): void {
      this.#close()
      this.#tell ??= window.setTimeout(() => this.#offline(true), TELL_AFTER_MS)
      this.#tries += 1
      const wait = Math.min(LATE_MS, SOON_MS * this.#tries) * (0.5 + Math.random())
      this.#again = window.setTimeout(() => this.#open(), wait)
    }

    #offline(is: boolean): void {
      const notice = this.querySelector<HTMLElement>('.qu-offline')
      if (notice) notice.hidden = !is
    }

    #show(markup: string): void {
      const template = document.createElement('template')
      template.innerHTML = markup
      // What is shown has become another page at the same address.
      if (template.content.querySelector('[data-again]')) return window.location.reload()
      for (const part of template.content.querySelectorAll('[data-part]')) this.#put(part.id, part)
      this.dispatchEvent(new CustomEvent('queue-shown', { bubbles: true }))
    }

    #put(id: string, part: Element): void {
      const old = this.querySelector(`#${CSS.escape(id)}`)
      if (!old) return
      this.#waiting.delete(id)
      if (old.getAttribute('data-is') === part.innerHTML) return
      const active = document.activeElement
      const isInside = active !== null && old.contains(active)
      if (isInside && /^(INPUT|SELECT|TEXTAREA)$/.test(active.tagName)) {
        this.#waiting.set(id, part)
        return
      }
      const open = [...old.querySelectorAll<HTMLDetailsElement>('details[open][id]')].map((one) => one.id)
      const focused = isInside ? active.id || active.getAttribute('data-key') : null
      // The part itself stays: voices read what changes in a region, not that a region is another one.
      old.setAttribute('data-is', part.innerHTML)
      old.replaceChildren(...document.importNode(part, true).childNodes)
      for (const one of open) old.querySelector<HTMLDetailsElement>(`#${CSS.escape(one)}`)?.setAttribute('open', '')
      if (focused)
        old
          .querySelector<HTMLElement>(`#${CSS.escape(focused)}, [data-key="${CSS.escape(focused)}"]`)
          ?.focus({ preventScroll: true })
    }
  },
)

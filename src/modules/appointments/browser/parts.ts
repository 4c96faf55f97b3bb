export {}

/** Milliseconds without a key until the city is asked. */
const PAUSE = 150

/**
 * `<ap-parts data-source data-parts>` around a form: while somebody types or chooses in it, the parts with these ids are shown as
 * the city would show them on the next page, such as matters that fit a word, or ways in which a matter is dealt with. With
 * `data-keep` the address says so, too, so that who comes back finds it again. Without it the button of the form does the same.
 */
customElements.define(
  'ap-parts',
  class extends HTMLElement {
    #timer: number | undefined
    #request: AbortController | null = null

    connectedCallback(): void {
      this.addEventListener('input', this.#changed)
    }

    disconnectedCallback(): void {
      this.removeEventListener('input', this.#changed)
      clearTimeout(this.#timer)
      this.#request?.abort()
    }

    readonly #changed = ({ target }: Event): void => {
      if (!(target instanceof HTMLSelectElement || (target instanceof HTMLInputElement && target.type === 'search')))
        return
      const { form } = target
      if (!form) return
      clearTimeout(this.#timer)
      this.#timer = window.setTimeout(() => void this.#ask(form), PAUSE)
    }

    async #ask(form: HTMLFormElement): Promise<void> {
      this.#request?.abort()
      this.#request = new AbortController()
      const address = new URL(this.dataset.source ?? '', location.href)
      for (const [name, value] of new FormData(form))
        if (typeof value === 'string' && value !== '') address.searchParams.append(name, value)
      try {
        const answer = await fetch(address, { signal: this.#request.signal })
        if (!answer.ok) return
        this.#show(new DOMParser().parseFromString(await answer.text(), 'text/html'))
        if (this.dataset.keep !== undefined) history.replaceState(null, '', address)
      } catch {
        // Aborted by the next letter, or no network: the button still works.
      }
    }

    /** The parts themselves stay: voices read what changes in a region. */
    #show(page: Document): void {
      for (const id of (this.dataset.parts ?? '').split(' ')) {
        const [old, fresh] = [document.getElementById(id), page.getElementById(id)]
        if (old && fresh && old.innerHTML !== fresh.innerHTML) old.replaceChildren(...fresh.childNodes)
      }
    }
  },
)

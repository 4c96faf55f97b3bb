/** `<pickup-keypad>`: keys write into the field at once; without scripts each of them asks the server. */
customElements.define(
  'pickup-keypad',
  class extends HTMLElement {
    connectedCallback(): void {
      this.addEventListener('click', this.#pressed)
    }

    disconnectedCallback(): void {
      this.removeEventListener('click', this.#pressed)
    }

    readonly #pressed = (event: Event): void => {
      const key = event.target instanceof Element ? event.target.closest<HTMLButtonElement>('button[name]') : null
      const field = this.querySelector<HTMLInputElement>('input[name=code]')
      if (!key || !field) return
      event.preventDefault()
      const typed = field.value.replaceAll(/\D/g, '')
      field.value = key.name === 'loeschen' ? typed.slice(0, -1) : (typed + key.value).slice(0, 10)
      field.dispatchEvent(new Event('input', { bubbles: true }))
    }
  },
)

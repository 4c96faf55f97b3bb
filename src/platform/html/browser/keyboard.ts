/**
 * `<rh-keyboard data-field data-most>`: keys on the screen write into the field of that name, for terminals without a
 * keyboard. One that can be folded is there with scripts alone, and opens when somebody touches its button or the field.
 */
customElements.define(
  'rh-keyboard',
  class extends HTMLElement {
    #field: HTMLInputElement | null = null
    #isTouched = false

    connectedCallback(): void {
      this.#field = document.querySelector<HTMLInputElement>(`input[name="${this.dataset['field']}"]`)
      if (!this.#field) return
      // The browser's own keyboard would lie over this one.
      this.#field.inputMode = 'none'
      this.#field.addEventListener('click', this.#unfold)
      this.addEventListener('mousedown', this.#held)
      this.addEventListener('click', this.#pressed)
      document.addEventListener('keydown', this.#typed)
      this.hidden = false
    }

    disconnectedCallback(): void {
      this.#field?.removeEventListener('click', this.#unfold)
      this.removeEventListener('mousedown', this.#held)
      this.removeEventListener('click', this.#pressed)
      document.removeEventListener('keydown', this.#typed)
    }

    readonly #unfold = (): void => this.#fold(false)

    #fold(isFolded: boolean): void {
      this.querySelector('[aria-expanded]')?.setAttribute('aria-expanded', String(!isFolded))
      this.querySelector('fieldset')!.hidden = isFolded
    }

    /** A finger leaves the focus in the field, where one sees what is written. */
    readonly #held = (event: Event): void => event.preventDefault()

    /** Whoever touched some keys and then finds the scanner begins anew: what it types replaces them. */
    readonly #typed = ({ key, ctrlKey, altKey, metaKey }: KeyboardEvent): void => {
      if (!this.#isTouched || key.length > 1 || key === ' ' || ctrlKey || altKey || metaKey) return
      this.#isTouched = false
      this.#field?.select()
    }

    readonly #pressed = (event: Event): void => {
      const button = event.target instanceof Element ? event.target.closest('button') : null
      const field = this.#field
      if (!button || !field) return
      if (button.hasAttribute('aria-expanded')) return this.#fold(button.getAttribute('aria-expanded') === 'true')
      event.preventDefault()
      this.#isTouched = true
      const signs = field.value.replaceAll(/\s/g, '').length
      if ('erase' in button.dataset) field.value = field.value.trimEnd().slice(0, -1)
      else if (signs < Number(this.dataset['most'])) field.value += button.value
      field.dispatchEvent(new Event('input', { bubbles: true }))
      // Sign by sign, as nobody reads a code as a word.
      this.querySelector('[aria-live]')!.textContent = [...field.value].join(' ')
    }
  },
)

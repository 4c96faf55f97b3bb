/**
 * `<rh-scan data-field>`: keys typed anywhere on the page of a terminal go to the field of that name, and Enter sends its
 * form: a scanner types like a keyboard, and nobody touches the field first. What the page brought along in it is replaced.
 */
customElements.define(
  'rh-scan',
  class extends HTMLElement {
    connectedCallback(): void {
      document.addEventListener('keydown', this.#typed)
    }

    disconnectedCallback(): void {
      document.removeEventListener('keydown', this.#typed)
    }

    readonly #typed = (event: KeyboardEvent): void => {
      const field = document.querySelector<HTMLInputElement>(`input[name="${this.dataset['field']}"]`)
      if (!field || event.target === field || event.ctrlKey || event.altKey || event.metaKey) return
      const isOnControl = event.target instanceof Element && event.target.closest('a, button') !== null
      // The space key presses the button that has the focus.
      if (event.key.length === 1 && event.key !== ' ') {
        field.focus()
        if (field.value === field.defaultValue) field.select()
      } else if (event.key === 'Enter' && !isOnControl) {
        event.preventDefault()
        if (field.value !== '') field.form?.requestSubmit()
      }
    }
  },
)

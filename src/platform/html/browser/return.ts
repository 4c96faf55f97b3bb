/**
 * `<rh-return data-seconds data-to>`: a terminal in a hall goes back to its start when nobody has touched it for so long.
 * In place of the page, so that nobody goes back to what somebody else left there.
 */
const TOUCHES = ['pointerdown', 'keydown', 'input', 'scroll'] as const

customElements.define(
  'rh-return',
  class extends HTMLElement {
    #timer: number | undefined

    connectedCallback(): void {
      for (const name of TOUCHES) document.addEventListener(name, this.#touched, { passive: true })
      this.#touched()
    }

    disconnectedCallback(): void {
      clearTimeout(this.#timer)
      for (const name of TOUCHES) document.removeEventListener(name, this.#touched)
    }

    readonly #touched = (): void => {
      clearTimeout(this.#timer)
      this.#timer = window.setTimeout(
        () => location.replace(this.dataset['to'] ?? '/'),
        Number(this.dataset['seconds']) * 1000,
      )
    }
  },
)

export {}

/** Whether the page's fields hold anything: also what came back with an error. */
const hasWriting = (): boolean =>
  [...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('main textarea, main input')].some(
    (field) => field.value !== field.defaultValue || (field instanceof HTMLTextAreaElement && field.value !== ''),
  )

/**
 * Counts down the seconds in which what goes out can be taken back, then shows the case as it is: once, and only where
 * the clerk looks on. Who has begun to write or reads further down keeps their place, and the message says what is over.
 */
class CasesUndo extends HTMLElement {
  #timer = 0

  connectedCallback(): void {
    const until = Date.parse(this.dataset['until'] ?? '')
    if (Number.isNaN(until)) return
    const left = document.createElement('p')
    left.setAttribute('aria-hidden', 'true')
    this.querySelector('.rh-prose')?.prepend(left)
    const tick = (): void => {
      const seconds = Math.ceil((until - Date.now()) / 1000)
      left.textContent = `${Math.max(0, seconds)} ${this.dataset['seconds'] ?? ''}`
      // A moment more than the ten seconds, so that the job has done its work.
      if (seconds < -2) {
        clearInterval(this.#timer)
        left.remove()
        this.#end()
      }
    }
    tick()
    this.#timer = window.setInterval(tick, 500)
  }

  disconnectedCallback(): void {
    clearInterval(this.#timer)
  }

  #end(): void {
    const until = this.dataset['until'] ?? ''
    // Where the job is late, or this clock fast, the page that comes is the same one, and can still be taken back.
    if (sessionStorage.getItem('cases-undo') === until) return
    if (hasWriting() || this.getBoundingClientRect().bottom < 0) {
      for (const part of this.children) part.toggleAttribute('hidden')
      return
    }
    sessionStorage.setItem('cases-undo', until)
    location.replace(location.pathname)
  }
}

customElements.define('cases-undo', CasesUndo)

export {}

/** Counts down the seconds in which a decision can be taken back, then shows the case as it is. */
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
        location.replace(location.pathname)
      }
    }
    tick()
    this.#timer = window.setInterval(tick, 500)
  }

  disconnectedCallback(): void {
    clearInterval(this.#timer)
  }
}

customElements.define('cases-undo', CasesUndo)

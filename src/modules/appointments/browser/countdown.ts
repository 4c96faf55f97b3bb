export {}

/** How long before the end it is said that it is near; the words say "two minutes". */
const SOON_MS = 2 * 60_000
/** Longer than a timer can wait is longer than anything is kept. */
const LONGEST_MS = 24 * 60 * 60_000

/** Says when the time that is kept for somebody is nearly over, and when it is; `data-seconds` are left when the page is made. */
class Countdown extends HTMLElement {
  #timers: ReturnType<typeof setTimeout>[] = []

  connectedCallback(): void {
    const left = Math.min(Number(this.dataset.seconds) * 1000, LONGEST_MS)
    this.#say(left - SOON_MS, this.dataset.soon)
    this.#say(left, this.dataset.over)
  }

  disconnectedCallback(): void {
    for (const timer of this.#timers) clearTimeout(timer)
  }

  #say(after: number, words = ''): void {
    const place = this.querySelector('strong') ?? this
    this.#timers.push(setTimeout(() => (place.textContent = words), Math.max(0, after)))
  }
}
customElements.define('ap-countdown', Countdown)

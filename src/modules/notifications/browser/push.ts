/**
 * `<notifications-push>`: the switch for messages on this device. Shown only where the browser can; in others, and without
 * scripts, mail and SMS remain. The subscription belongs to a worker of this page alone, see `push-worker.ts`.
 */
customElements.define(
  'notifications-push',
  class extends HTMLElement {
    /** As the city calls this browser; null: it is not told anything. */
    #id: string | null = null

    connectedCallback(): void {
      if (!('serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window)) return
      if (this.dataset.over !== undefined) {
        void this.#forget()
        return
      }
      for (const button of this.querySelectorAll<HTMLButtonElement>('[data-does]'))
        button.addEventListener('click', () => void this.#press(button))
      void this.#begin()
    }

    /** The city may have forgotten this browser, or has another key by now. */
    async #begin(): Promise<void> {
      const subscription = await (await this.#registration())?.pushManager.getSubscription()
      if (subscription && (await this.#tell(subscription)) !== null) await this.#forget()
      this.#show()
      this.hidden = false
    }

    async #press(button: HTMLButtonElement): Promise<void> {
      if (button.disabled) return
      button.disabled = true
      const wrong = await (button.dataset.does === 'on' ? this.#on() : this.#off()).catch(() => this.#words('failed'))
      button.disabled = false
      this.#show(wrong ?? undefined)
      this.querySelector<HTMLElement>('[data-when]:not([hidden]) [data-does]')?.focus()
    }

    /** What went wrong, in words; null: nothing. */
    async #on(): Promise<string | null> {
      if ((await Notification.requestPermission()) !== 'granted') return this.#words('denied')
      const registration = await navigator.serviceWorker.register(this.dataset.worker!, { scope: this.dataset.path! })
      await untilActive(registration)
      // One of an older key would be in the way.
      await (await registration.pushManager.getSubscription())?.unsubscribe()
      const subscription = await registration.pushManager.subscribe({
        userVisibleOnly: true,
        applicationServerKey: this.dataset.key!,
      })
      const wrong = await this.#tell(subscription)
      if (wrong !== null) await this.#forget()
      return wrong
    }

    async #off(): Promise<string | null> {
      await fetch(`${this.dataset.browsers}/${this.#id}`, { method: 'DELETE' })
      await this.#forget()
      return null
    }

    async #tell(subscription: PushSubscription): Promise<string | null> {
      const answer = await fetch(this.dataset.browsers!, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'accept-language': document.documentElement.lang },
        body: JSON.stringify(subscription),
      })
      // Either its id or a problem document (RFC 9457).
      const said = (await answer.json()) as { id?: string; title?: string; detail?: string }
      this.#id = said.id ?? null
      return answer.ok ? null : `${said.title} ${said.detail}`
    }

    /** A worker without its page: its subscription ends with it. */
    async #forget(): Promise<void> {
      this.#id = null
      await (await this.#registration())?.unregister()
    }

    async #registration(): Promise<ServiceWorkerRegistration | null> {
      const scope = new URL(this.dataset.path!, location.origin).href
      const found = await navigator.serviceWorker.getRegistration(scope)
      return found?.scope === scope ? found : null
    }

    #show(wrong?: string): void {
      for (const part of this.querySelectorAll<HTMLElement>('[data-when]'))
        part.hidden = part.dataset.when !== (this.#id === null ? 'off' : 'on')
      const said = this.querySelector('[data-said]')
      if (said) said.textContent = wrong ?? (this.#id === null ? '' : this.#words('on'))
    }

    #words(of: 'on' | 'denied' | 'failed'): string {
      return this.querySelector<HTMLElement>('[data-said]')?.dataset[of] ?? ''
    }
  },
)

/** One that was just registered takes a moment. */
function untilActive(registration: ServiceWorkerRegistration): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = registration.installing ?? registration.waiting
    if (!worker) {
      resolve()
      return
    }
    worker.addEventListener('statechange', () => {
      if (worker.state === 'activated') resolve()
      if (worker.state === 'redundant') reject(new Error('the worker was not installed'))
    })
  })
}

interface Challenge {
  readonly algorithm: string
  readonly challenge: string
  readonly maxnumber: number
  readonly salt: string
  readonly signature: string
}

/**
 * Solves a task (ALTCHA, SHA-256) for the form around it, as soon as somebody touches the form; a form that is sent before
 * waits for it. Where it cannot be solved the form is sent without: the city has some times for everybody.
 */
class Proof extends HTMLElement {
  #solving: Promise<void> | null = null
  #isDone = false

  connectedCallback(): void {
    const form = this.closest('form')
    // Without HTTPS there is no cryptography.
    if (!form || !globalThis.crypto?.subtle) return
    for (const event of ['pointerdown', 'focusin'])
      form.addEventListener(event, () => void this.#begin(), { once: true })
    form.addEventListener('submit', (event) => this.#onSubmit(form, event), { capture: true })
  }

  #begin(): Promise<void> {
    this.#solving ??= this.#solve()
      .catch(() => undefined)
      .then(() => void (this.#isDone = true))
    return this.#solving
  }

  #onSubmit(form: HTMLFormElement, event: SubmitEvent): void {
    if (this.#isDone) return
    event.preventDefault()
    event.stopImmediatePropagation()
    const { submitter } = event
    this.textContent = this.dataset.wait ?? ''
    void this.#begin().then(() => form.requestSubmit(submitter))
  }

  async #solve(): Promise<void> {
    const answer = await fetch(this.dataset.source ?? '', { headers: { accept: 'application/json' } })
    if (!answer.ok) return
    const task = (await answer.json()) as Challenge
    const wanted = bytesOf(task.challenge)
    const encoder = new TextEncoder()
    for (let number = 0; number <= task.maxnumber; number += 1) {
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', encoder.encode(task.salt + number)))
      if (wanted.every((byte, i) => digest[i] === byte)) return this.#keep({ ...task, number })
    }
  }

  #keep({ algorithm, challenge, number, salt, signature }: Challenge & { number: number }): void {
    const field = document.createElement('input')
    field.type = 'hidden'
    field.name = 'altcha'
    field.value = btoa(JSON.stringify({ algorithm, challenge, number, salt, signature }))
    this.after(field)
  }
}

const bytesOf = (hex: string): number[] => (hex.match(/../g) ?? []).map((byte) => parseInt(byte, 16))

customElements.define('ap-proof', Proof)

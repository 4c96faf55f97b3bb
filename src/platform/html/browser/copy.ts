/** A button that copies a number to hand on. */
class Copyable extends HTMLElement {
  connectedCallback(): void {
    // Without HTTPS there is no clipboard; the number can still be selected.
    if (!navigator.clipboard || this.querySelector('button')) return
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'kern-btn kern-btn--tertiary'
    const label = document.createElement('span')
    label.className = 'kern-label'
    label.textContent = this.dataset.copy ?? ''
    button.append(label)
    const status = document.createElement('span')
    status.setAttribute('role', 'status')
    button.addEventListener('click', () => {
      void copy(this.dataset.value ?? '', () => {
        status.textContent = this.dataset.copied ?? ''
        setTimeout(() => (status.textContent = ''), 3000)
      })
    })
    this.append(button, status)
  }
}
async function copy(value: string, done: () => void): Promise<void> {
  await navigator.clipboard.writeText(value)
  done()
}

customElements.define('rh-copy', Copyable)

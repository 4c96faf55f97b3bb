/** A button under a password field that shows what was typed. */
class PasswordReveal extends HTMLElement {
  connectedCallback(): void {
    const input = this.querySelector('input')
    if (!input || this.querySelector('button')) return
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'kern-btn kern-btn--tertiary rh-password__toggle'
    button.setAttribute('aria-controls', input.id)
    const label = document.createElement('span')
    label.className = 'kern-label'
    button.append(label)
    const show = (visible: boolean) => {
      input.type = visible ? 'text' : 'password'
      label.textContent = (visible ? this.dataset.hide : this.dataset.show) ?? ''
    }
    show(false)
    button.addEventListener('click', () => show(input.type === 'password'))
    // A visible password would be offered to be remembered as ordinary text.
    input.form?.addEventListener('submit', () => show(false))
    input.after(button)
  }
}
customElements.define('rh-password', PasswordReveal)

/** Counts down the characters of a long answer, and says so politely. */
class CharacterCount extends HTMLElement {
  connectedCallback(): void {
    const input = this.querySelector('textarea')
    const max = Number(this.dataset.max)
    if (!input || !max || this.querySelector('[role=status]')) return
    const status = document.createElement('p')
    status.className = 'rh-source'
    const spoken = document.createElement('p')
    spoken.className = 'kern-sr-only'
    spoken.setAttribute('role', 'status')
    status.setAttribute('aria-hidden', 'true')
    this.append(status, spoken)
    let timer: ReturnType<typeof setTimeout> | undefined
    const update = () => {
      const left = max - input.value.length
      const words = (left >= 0 ? this.dataset.left : this.dataset.over) ?? ''
      status.textContent = words.replace('{n}', Math.abs(left).toLocaleString(document.documentElement.lang))
      clearTimeout(timer)
      timer = setTimeout(() => {
        spoken.textContent = left < max / 10 ? status.textContent : ''
      }, 1000)
    }
    update()
    input.addEventListener('input', update)
  }
}
customElements.define('rh-count', CharacterCount)

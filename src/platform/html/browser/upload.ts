/** Shows how far an upload is. The form is sent as it would be, in the background; its answer becomes the page. */
class Upload extends HTMLElement {
  connectedCallback(): void {
    const input = this.querySelector<HTMLInputElement>('input[type=file]')
    const form = input?.form
    if (!input || !form || form.dataset.upload) return
    form.dataset.upload = 'ready'
    form.addEventListener('submit', (event) => {
      const chosen = [...form.querySelectorAll<HTMLInputElement>('input[type=file]')].some(
        (field) => field.files?.length,
      )
      if (!chosen || event.defaultPrevented) return
      event.preventDefault()
      this.send(form, event.submitter)
    })
  }

  private send(form: HTMLFormElement, submitter: HTMLElement | null): void {
    const box = document.createElement('div')
    box.className = 'kern-progress rh-upload__progress'
    const label = document.createElement('p')
    label.className = 'kern-label'
    label.setAttribute('role', 'status')
    label.textContent = this.dataset.uploading ?? ''
    const bar = document.createElement('progress')
    bar.max = 100
    bar.value = 0
    bar.setAttribute('aria-label', this.dataset.uploading ?? '')
    box.append(label, bar)
    this.append(box)

    const buttons = [...form.querySelectorAll('button')]
    const data = new FormData(form, submitter)
    for (const button of buttons) button.disabled = true
    const request = new XMLHttpRequest()
    request.upload.addEventListener('progress', (event) => {
      if (!event.lengthComputable) return
      bar.value = Math.round((event.loaded / event.total) * 100)
      label.textContent = `${this.dataset.uploading ?? ''}: ${bar.value} %`
    })
    const broken = () => {
      bar.remove()
      label.setAttribute('role', 'alert')
      label.textContent = this.dataset.broken ?? ''
      for (const button of buttons) button.disabled = false
    }
    request.addEventListener('error', broken)
    request.addEventListener('abort', broken)
    request.addEventListener('load', () => {
      const sent = new URL((submitter?.getAttribute('formaction') ?? form.action) || location.href, location.href)
      // Answered with a redirect: go there. Otherwise the answer is the page again, with its errors.
      if (request.responseURL && request.responseURL !== sent.href && request.status < 400) {
        location.assign(request.responseURL)
        return
      }
      document.open()
      document.write(request.responseText)
      document.close()
      // The scripts of the page have run already and do not run again.
      document.querySelector<HTMLElement>('[data-focus]')?.focus()
    })
    request.open('POST', submitter?.getAttribute('formaction') ?? form.action)
    request.setRequestHeader('accept', 'text/html')
    request.send(data)
  }
}
customElements.define('rh-upload', Upload)

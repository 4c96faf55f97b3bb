/** Zooms and moves a map that is whole without it: by buttons, arrow keys, wheel with Ctrl, and finger. */
class ParkingMap extends HTMLElement {
  #svg: SVGSVGElement | null = null
  #whole = { x: 0, y: 0, width: 1, height: 1 }
  #view = { x: 0, y: 0, width: 1, height: 1 }

  connectedCallback(): void {
    const svg = this.querySelector<SVGSVGElement>('.pk-map__svg')
    if (!svg || this.#svg) return
    this.#svg = svg
    const { x, y, width, height } = svg.viewBox.baseVal
    this.#whole = { x, y, width, height }
    this.#view = { ...this.#whole }
    this.prepend(this.#tools())
    this.addEventListener('keydown', (event) => this.#onKey(event))
    svg.addEventListener('wheel', (event) => this.#onWheel(event), { passive: false })
    svg.addEventListener('pointerdown', (event) => this.#onDrag(event))
  }

  #tools(): HTMLElement {
    const tools = document.createElement('div')
    tools.className = 'pk-map__tools'
    const steps: [string, () => void][] = [
      [this.dataset.in ?? '+', () => this.#zoom(1 / 1.6)],
      [this.dataset.out ?? '-', () => this.#zoom(1.6)],
      [this.dataset.reset ?? '=', () => this.#show(this.#whole)],
    ]
    for (const [label, act] of steps) {
      const button = document.createElement('button')
      button.type = 'button'
      button.className = 'kern-btn kern-btn--tertiary'
      const words = document.createElement('span')
      words.className = 'kern-label'
      words.textContent = label
      button.append(words)
      button.addEventListener('click', act)
      tools.append(button)
    }
    const hint = document.createElement('span')
    hint.className = 'kern-hint'
    hint.textContent = this.dataset.hint ?? ''
    tools.append(hint)
    return tools
  }

  #show(view: { x: number; y: number; width: number; height: number }): void {
    const { x, y, width, height } = this.#whole
    const w = Math.min(width, Math.max(width / 40, view.width))
    const h = (w * height) / width
    this.#view = {
      width: w,
      height: h,
      x: Math.min(x + width - w, Math.max(x, view.x)),
      y: Math.min(y + height - h, Math.max(y, view.y)),
    }
    const v = this.#view
    this.#svg?.setAttribute('viewBox', `${v.x} ${v.y} ${v.width} ${v.height}`)
  }

  #zoom(factor: number, px = 0.5, py = 0.5): void {
    const { x, y, width, height } = this.#view
    this.#show({
      x: x + width * px * (1 - factor),
      y: y + height * py * (1 - factor),
      width: width * factor,
      height: height * factor,
    })
  }

  #move(dx: number, dy: number): void {
    const { x, y, width, height } = this.#view
    this.#show({ x: x + dx * width, y: y + dy * height, width, height })
  }

  #onKey(event: KeyboardEvent): void {
    const isZoomed = this.#view.width < this.#whole.width
    const moves: Record<string, [number, number]> = {
      ArrowLeft: [-0.15, 0],
      ArrowRight: [0.15, 0],
      ArrowUp: [0, -0.15],
      ArrowDown: [0, 0.15],
    }
    const move = moves[event.key]
    // The whole map cannot be moved: the arrow keys then scroll the page, as they do elsewhere.
    if (!move || !isZoomed) return
    event.preventDefault()
    this.#move(...move)
  }

  #onWheel(event: WheelEvent): void {
    if (!event.ctrlKey) return
    event.preventDefault()
    const box = this.#svg!.getBoundingClientRect()
    this.#zoom(
      event.deltaY > 0 ? 1.25 : 0.8,
      (event.clientX - box.left) / box.width,
      (event.clientY - box.top) / box.height,
    )
  }

  #onDrag(start: PointerEvent): void {
    const svg = this.#svg!
    if (this.#view.width >= this.#whole.width || !start.isPrimary) return
    const box = svg.getBoundingClientRect()
    let last = { x: start.clientX, y: start.clientY }
    let moved = false
    const onMove = (event: PointerEvent) => {
      const [dx, dy] = [event.clientX - last.x, event.clientY - last.y]
      if (!moved && Math.hypot(dx, dy) < 4) return
      moved = true
      this.#move(-dx / box.width, -dy / box.height)
      last = { x: event.clientX, y: event.clientY }
    }
    const onEnd = () => {
      removeEventListener('pointermove', onMove)
      removeEventListener('pointerup', onEnd)
      removeEventListener('pointercancel', onEnd)
      // Letting go after moving the map is no click on the zone below.
      if (moved) svg.addEventListener('click', (event) => event.preventDefault(), { once: true, capture: true })
    }
    addEventListener('pointermove', onMove)
    addEventListener('pointerup', onEnd)
    addEventListener('pointercancel', onEnd)
  }
}
customElements.define('rh-parking-map', ParkingMap)

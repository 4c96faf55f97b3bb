/**
 * `<queue-sound>`: a chime and a voice for each call that is newer than all that this screen has shown: what moves up when
 * the newest one ends is nothing new, a call that is repeated is. What is called is written for screen readers, too.
 *
 * Browsers make a sound only after somebody has pressed something. Until then a large bar says that there is none; that
 * somebody wanted it, or does not, is remembered. A kiosk browser that allows sound has it from the start, where it was
 * switched on once or the address ends in `?ton=an`.
 */
const KEY = 'rathaus-aufruf-ton'
/** Then what was called is no news any more. */
const SAID_MS = 15_000

type Standing = 'on' | 'off' | 'asks'

const momentOf = ({ dataset }: HTMLElement): number => Number(dataset.call)

customElements.define(
  'queue-sound',
  class extends HTMLElement {
    #audio: AudioContext | null = null
    #drawn: Standing | null = null
    /** Moment of the newest call that was shown, in milliseconds. */
    #newest = 0

    connectedCallback(): void {
      this.hidden = false
      this.#newest = Math.max(0, ...this.#rows().map(momentOf))
      document.addEventListener('queue-shown', this.#shown)
      if (new URLSearchParams(location.search).get('ton') === 'an') localStorage.setItem(KEY, 'yes')
      if (localStorage.getItem(KEY) === 'yes') this.#start()
      this.#draw()
    }

    disconnectedCallback(): void {
      document.removeEventListener('queue-shown', this.#shown)
      this.#stop()
    }

    get #standing(): Standing {
      if (localStorage.getItem(KEY) === 'no') return 'off'
      return this.#audio?.state === 'running' ? 'on' : 'asks'
    }

    #draw(): void {
      const standing = this.#standing
      if (standing === this.#drawn) return
      this.#drawn = standing
      const hadFocus = this.contains(document.activeElement)
      const { asks, without, on, off } = this.dataset
      const buttons = {
        asks: [
          button('qu-sound__bar', asks, this.#turnOn),
          button('kern-btn kern-btn--tertiary', without, this.#turnOff),
        ],
        on: [button('kern-btn kern-btn--secondary', off, this.#turnOff)],
        off: [button('kern-btn kern-btn--secondary', on, this.#turnOn)],
      }[standing]
      this.classList.toggle('qu-sound--asks', standing === 'asks')
      this.replaceChildren(...buttons)
      if (hadFocus) buttons[0]?.focus()
    }

    readonly #turnOn = (): void => {
      localStorage.setItem(KEY, 'yes')
      void this.#start()
        .resume()
        .then(() => this.#chime())
      this.#draw()
    }

    readonly #turnOff = (): void => {
      localStorage.setItem(KEY, 'no')
      this.#stop()
      this.#draw()
    }

    /** Runs at once or after a touch; and may be stopped again, as where a screen that is switched off takes the sound along. */
    #start(): AudioContext {
      if (this.#audio) return this.#audio
      this.#audio = new AudioContext()
      this.#audio.addEventListener('statechange', () => this.#draw())
      return this.#audio
    }

    #stop(): void {
      void this.#audio?.close()
      this.#audio = null
    }

    /** The newest call first. */
    #rows(): HTMLElement[] {
      return [...document.querySelectorAll<HTMLElement>('[data-call]')]
    }

    readonly #shown = (): void => {
      const fresh = this.#rows()
        .filter((row) => momentOf(row) > this.#newest)
        .toReversed()
      if (fresh.length === 0) return
      this.#newest = Math.max(...fresh.map(momentOf))
      for (const row of fresh) row.classList.add('qu-call--new')
      const words = fresh.map(({ dataset }) => dataset.say ?? '')
      this.#write(words)
      if (this.#standing !== 'on') return
      this.#chime()
      setTimeout(() => words.forEach((one) => this.#say(one)), 900)
    }

    #write(words: readonly string[]): void {
      const said = document.querySelector('[data-said]')
      const lines = words.map((one) => Object.assign(document.createElement('p'), { textContent: one }))
      said?.replaceChildren(...lines)
      setTimeout(() => lines.forEach((line) => line.remove()), SAID_MS)
    }

    /** Two tones, a third apart, that fade. */
    #chime(): void {
      const audio = this.#audio
      if (!audio) return
      const tones: readonly (readonly [hertz: number, at: number])[] = [
        [659.25, 0],
        [523.25, 0.35],
      ]
      for (const [hertz, at] of tones) {
        const start = audio.currentTime + at
        const tone = new OscillatorNode(audio, { frequency: hertz })
        const volume = new GainNode(audio, { gain: 0 })
        volume.gain.setValueAtTime(0, start)
        volume.gain.linearRampToValueAtTime(0.5, start + 0.02)
        volume.gain.exponentialRampToValueAtTime(0.001, start + 0.8)
        tone.connect(volume).connect(audio.destination)
        tone.start(start)
        tone.stop(start + 0.9)
      }
    }

    #say(words: string): void {
      if (!words || !('speechSynthesis' in window)) return
      const spoken = new SpeechSynthesisUtterance(words)
      spoken.lang = this.dataset.lang === 'en' ? 'en-GB' : 'de-DE'
      speechSynthesis.speak(spoken)
    }
  },
)

function button(look: string, label: string | undefined, does: () => void): HTMLButtonElement {
  const made = document.createElement('button')
  made.type = 'button'
  made.className = look
  const words = document.createElement('span')
  words.className = 'kern-label'
  words.textContent = label ?? ''
  made.append(words)
  made.addEventListener('click', does)
  return made
}

/**
 * `<queue-sound>`: a chime and a voice for each new call. Browsers make a sound only after somebody has pressed something;
 * which is remembered, so that a screen that is started anew asks for one touch and no more.
 */
const KEY = 'rathaus-aufruf-ton'

customElements.define(
  'queue-sound',
  class extends HTMLElement {
    #audio: AudioContext | null = null
    #last: string | null = null

    connectedCallback(): void {
      this.hidden = false
      const button = document.createElement('button')
      button.type = 'button'
      button.className = 'kern-btn kern-btn--secondary'
      const label = document.createElement('span')
      label.className = 'kern-label'
      button.append(label)
      this.replaceChildren(button)
      const say = () => {
        label.textContent = (this.#isOn ? this.dataset.off : this.dataset.on) ?? ''
      }
      button.addEventListener('click', () => {
        if (this.#isOn) {
          void this.#audio?.close()
          this.#audio = null
          localStorage.removeItem(KEY)
        } else {
          localStorage.setItem(KEY, 'yes')
          this.#audio = new AudioContext()
          void this.#audio.resume().then(() => this.#chime())
        }
        say()
      })
      say()
      this.#last = this.#latest()?.dataset.call ?? ''
      document.addEventListener('queue-shown', this.#shown)
      // Kiosk browsers may allow sound from the start.
      if (localStorage.getItem(KEY)) {
        const audio = new AudioContext()
        if (audio.state === 'running') this.#audio = audio
        else void audio.close()
        say()
      }
    }

    disconnectedCallback(): void {
      document.removeEventListener('queue-shown', this.#shown)
    }

    get #isOn(): boolean {
      return this.#audio !== null
    }

    readonly #shown = (): void => {
      const latest = this.#latest()
      const call = latest?.dataset.call ?? ''
      if (call === this.#last) return
      this.#last = call
      if (call === '') return
      const row = document.querySelector('.qu-call--latest')
      row?.classList.add('qu-call--new')
      if (!this.#isOn) return
      this.#chime()
      setTimeout(() => this.#say(latest?.dataset.say ?? ''), 900)
    }

    #latest(): HTMLElement | null {
      return document.querySelector<HTMLElement>('[data-call]')
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

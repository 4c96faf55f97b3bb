import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { waitingRoom } from '#modules/queue/testing/waiting-room.ts'
import { testCity } from '#src/testing/city.ts'
import { journey } from './support/journey.ts'

const town = journey(() => testCity({ seed: true }))
const SCREEN = { width: 1920, height: 1080 }

/** What a page holds that listens to what it plays. */
interface Ears {
  audio: AudioContext
  /** The highest level of any sample that went to the loudspeaker, of at most 1. */
  loudest: number
}

/** Listens at the loudspeaker from the next page on: what is connected to it goes through a meter, too. */
async function listen(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const ears = window as unknown as Ears
    ears.loudest = 0
    // oxlint-disable-next-line typescript/unbound-method -- it is called on each node
    const connect = AudioNode.prototype.connect as (this: AudioNode, to: AudioNode) => AudioNode
    AudioNode.prototype.connect = function (this: AudioNode, to: AudioNode) {
      if (to === this.context.destination) {
        ears.audio = this.context as AudioContext
        const meter = new AnalyserNode(this.context, { fftSize: 2048 })
        connect.call(this, meter)
        const level = new Float32Array(meter.fftSize)
        setInterval(() => {
          meter.getFloatTimeDomainData(level)
          ears.loudest = Math.max(ears.loudest, ...level.map(Math.abs))
        }, 20)
      }
      return connect.call(this, to)
    } as typeof AudioNode.prototype.connect
  })
  await page.reload()
}

const isHeard = (page: Page) => page.waitForFunction(() => (window as unknown as Ears).loudest > 0.2)
const silence = (page: Page) => page.evaluate(() => void ((window as unknown as Ears).loudest = 0))
const loudest = (page: Page) => page.evaluate(() => (window as unknown as Ears).loudest)
const bar = (page: Page) => page.getByRole('button', { name: 'Der Ton ist aus. Bitte einmal hier tippen.' })

async function call(): Promise<void> {
  const hall = await waitingRoom(town.city, 'verkehr')
  await hall.empty()
  town.city.clock.advance({ seconds: 20 })
  await hall.draw()
  expect((await hall.next(hall.clerks[0]!.email)).status).toBeLessThan(300)
}

it('a chime is heard when the sound is switched on, and for each call after that', { timeout: 60_000 }, async () => {
  const display = await town.open('/aufruf/verkehr', SCREEN)
  await listen(display)
  await bar(display).click()
  await isHeard(display)
  expect(await display.evaluate(() => (window as unknown as Ears).audio.state)).toBe('running')
  await display.getByRole('button', { name: 'Ton ausschalten' }).waitFor()
  // Until it has faded.
  await display.waitForTimeout(1_500)
  await silence(display)
  await call()
  await display.locator('.qu-call--new').waitFor()
  await isHeard(display)

  // The loudspeaker goes with a screen that is switched off: whoever passes by sees that there is no sound.
  await display.evaluate(() => (window as unknown as Ears).audio.suspend())
  await bar(display).waitFor()
  await bar(display).click()
  await display.getByRole('button', { name: 'Ton ausschalten' }).waitFor()
})

it(
  'a screen that was started again, whose browser blocks the sound, says so until it is touched',
  { timeout: 60_000 },
  async () => {
    const display = await town.open('/aufruf/verkehr?ton=an', SCREEN)
    await listen(display)
    await bar(display).waitFor()
    await call()
    await display.locator('.qu-call--new').waitFor()
    await display.waitForTimeout(1_000)
    expect([await bar(display).isVisible(), await loudest(display)]).toEqual([true, 0])
    // Who does not hear reads it meanwhile, and so does who hears nothing yet.
    expect(await display.locator('[data-said]').innerText()).toContain('bitte zu')
    await bar(display).click()
    await isHeard(display)
  },
)

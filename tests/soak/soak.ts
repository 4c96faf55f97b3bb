import { randomInt } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { City } from './city.ts'
import { examine, type Examination } from './examine.ts'
import { mailbox } from './mailbox.ts'
import { person, type Receipt } from './person.ts'
import { visitor, type PromisedTime } from './visitor.ts'

export interface SoakOptions {
  /** How often application and database are killed. */
  readonly rounds: number
  /** Submissions in each round, in seconds; the kill comes at a random moment of them. */
  readonly seconds: number
  /** People who submit at once, and as many who book times. */
  readonly people: number
  readonly log: (line: string) => void
}

/**
 * `kill -9` of application and database at random moments while people submit applications and book times, again and again; then one more
 * start, and a look at everything that was promised. Real processes, a real mail server that remembers what it took.
 * Returns what is wrong; nothing should be.
 */
export async function soak(options: SoakOptions): Promise<Examination> {
  const home = mkdtempSync(join(tmpdir(), 'rathaus soak '))
  const mails = await mailbox()
  const city = new City(join(home, 'data'), mails.url)
  const receipts: Receipt[] = []
  const promised: PromisedTime[] = []
  const leave = () => {
    city.kill()
    rmSync(home, { recursive: true, force: true })
  }
  // Whoever stops it does not keep its city.
  process.once('exit', leave)
  try {
    options.log('building the demo city')
    await city.start()
    for (let round = 1; round <= options.rounds; round++) {
      const until = performance.now() + options.seconds * 1000
      const isOver = () => performance.now() > until
      const people = Promise.all(
        Array.from({ length: options.people }, () =>
          Promise.all([person(city, receipts, isOver), visitor(city, promised, isOver)]),
        ),
      )
      people.catch(() => {})
      await sleep(randomInt(options.seconds * 1000))
      const victims = city.kill()
      await city.start()
      await people
      options.log(`round ${round} of ${options.rounds}: killed ${victims}, ${receipts.length} receipts so far`)
    }
    const found = await examine(city, { receipts, promised }, mails, options.log)
    await city.end()
    return found
  } finally {
    await mails.close()
    process.removeListener('exit', leave)
    leave()
  }
}

import { setTimeout as wait } from 'node:timers/promises'
import { demoCity } from './support/demo-city.ts'
import { median, type Bench } from './support/measurement.ts'

const RUNS = 5
/** Idle time before memory is read: start-up garbage is collected by then. */
const IDLE_MS = 15_000

export const start: Bench = {
  name: 'start',
  help: 'seeding the demo city, starting on existing data, memory when idle',
  async run(log) {
    const demo = await demoCity(log)
    const seconds: number[] = []
    let idle = 0
    for (let run = 0; run < RUNS; run++) {
      const program = await demo.start()
      seconds.push(program.seconds)
      log(`start ${run + 1} of ${RUNS}: ${program.seconds.toFixed(2)} s`)
      if (run === RUNS - 1) {
        await wait(IDLE_MS)
        idle = program.memory().now
      }
      await program.stop()
    }
    const ready = median(seconds)
    return [
      {
        name: 'first start, demo city seeded',
        value: demo.firstStart,
        unit: 's',
        target: '≤ 60 s',
        met: demo.firstStart <= 60,
      },
      { name: 'start on existing data', value: ready, unit: 's', target: '≤ 3 s', met: ready <= 3 },
      { name: 'memory, idle', value: idle, unit: 'MB', target: '≤ 200 MB', met: idle <= 200 },
    ]
  },
}

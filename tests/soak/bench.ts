import type { Bench } from '../../bench/support/measurement.ts'
import { soak } from './soak.ts'

/** `bin/bench soak`: the whole of it, about half an hour. */
export const soakBench: Bench = {
  name: 'soak',
  help: 'kill -9 of application and database during 60 s of submissions, 20 times: nothing that was promised is lost',
  async run(log) {
    const { receipts, times, mails, repeated, wrong } = await soak({ rounds: 20, seconds: 60, people: 4, log })
    for (const each of wrong.slice(0, 50)) log(`WRONG: ${each}`)
    return [
      { name: 'receipts given while everything was killed 20 times', value: receipts, unit: 'receipts' },
      { name: 'times of appointments given meanwhile', value: times, unit: 'times' },
      { name: 'mails that went out', value: mails, unit: 'mails' },
      { name: 'of these again, under the same Message-ID', value: repeated, unit: 'mails' },
      { name: 'promises broken', value: wrong.length, unit: '', target: '0', met: wrong.length === 0 },
    ]
  },
}

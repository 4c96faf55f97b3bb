import { appointments } from './appointments.ts'
import { display } from './display.ts'
import { inbox } from './inbox.ts'
import { publicPages } from './public-pages.ts'
import { start } from './start.ts'
import { soakBench } from '../tests/soak/bench.ts'
import { submission } from './submission.ts'
import { table, type Bench, type Measurement } from './support/measurement.ts'

/** `soak` takes half an hour and runs only when it is named. */
const benches: readonly Bench[] = [start, publicPages, submission, inbox, appointments, display]
const named: readonly Bench[] = [soakBench]

// What was started ends with it, and its folders go (`exit`).
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130))

const args = process.argv.slice(2)
const json = args.includes('--json')
const names = args.filter((arg) => !arg.startsWith('--'))
const unknown = names.find((name) => ![...benches, ...named].some((bench) => bench.name === name))

if (unknown !== undefined || args.includes('--help')) {
  console.log(
    `Usage: bin/bench [NAME …] [--json]\n\n${[...benches, ...named].map((b) => `  ${b.name.padEnd(10)}${b.help}`).join('\n')}`,
  )
  process.exit(unknown === undefined ? 0 : 2)
}

const chosen = names.length === 0 ? benches : [...benches, ...named].filter((bench) => names.includes(bench.name))
const rows: Measurement[] = []
for (const bench of chosen) {
  console.error(`${bench.name}: ${bench.help}`)
  rows.push(...(await bench.run((line) => console.error(`  ${line}`))))
}
console.log(json ? JSON.stringify(rows, null, 2) : `\n${table(rows)}`)
process.exit(0)

import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import pg from 'pg'
import { median, type Measurement } from '../support/measurement.ts'
import { lockedRows, lockedRowsBehindHttp } from './baselines.ts'
import { byClients, type Answered } from './clients.ts'
import { CONNECTIONS } from './locked-rows.ts'
import { TIMES } from './released.ts'

/** The first finds a program that has hardly answered yet: the median is one of the later ones. */
const ROUNDS = 5
const CLIENTS = 10_000

interface Round extends Answered {
  /** Bookings a second, of the module without HTTP and of the pattern without and behind it. */
  readonly module: number
  readonly pattern: number
  readonly patternBehindHttp: number
}

/**
 * Ten thousand people want one of 500 times that are released at one moment. Against the pattern "select for update over slot
 * rows, re-check, insert" in the same database, like with like: as many processes behind HTTP for the same clients, and neither
 * with HTTP nor clients. Several rounds, each with all of it, since one lasts two seconds and whoever shares the machine takes
 * part.
 */
export async function rush(
  url: string,
  city: { readonly dataDir: string; readonly databaseUrl: string; readonly servers: number },
  log: (line: string) => void,
): Promise<Measurement[]> {
  const { dataDir, databaseUrl, servers } = city
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: CONNECTIONS,
    options: '-c search_path=t_musterstadt,public',
  })
  // A connection that is still being closed when the program stops its database.
  pool.on('error', () => undefined)
  try {
    const rounds: Round[] = []
    for (let i = 1; i <= ROUNDS; i += 1) {
      log(`rush: ${CLIENTS.toLocaleString('en')} clients, round ${i} of ${ROUNDS} …`)
      const answered = await byClients(url, pool, `rush-${i}`, CLIENTS)
      for (const failure of answered.failures.slice(0, 3)) log(`rush: not answered: ${failure}`)
      log(`rush: 99th percentile ${Math.round(answered.p99)} ms; the same without HTTP, and the pattern twice …`)
      const args = ['bench/rush/module.ts', dataDir, databaseUrl, `module-${i}`, String(CLIENTS)]
      const module = Number((await promisify(execFile)(process.execPath, args)).stdout)
      const pattern = await lockedRows(pool, CLIENTS)
      const patternBehindHttp = await lockedRowsBehindHttp(pool, databaseUrl, { servers, count: CLIENTS })
      rounds.push({ ...answered, module, pattern, patternBehindHttp })
    }
    return rowsOf(rounds)
  } finally {
    await pool.end()
  }
}

function rowsOf(rounds: readonly Round[]): Measurement[] {
  const of = (value: (round: Round) => number) => median(rounds.map(value))
  const p99 = of((round) => round.p99)
  const against = (
    name: string,
    ours: (round: Round) => number,
    baseline: (round: Round) => number,
  ): Measurement & { ratio: number } => ({
    name: `rush: bookings a second until everybody is answered, ${name}`,
    value: of(ours),
    unit: '/s',
    baseline: { name: 'select for update, re-check, insert', value: of(baseline) },
    ratio: of((round) => ours(round) / baseline(round)),
  })
  const alike = [
    against(
      'both behind HTTP',
      ({ rate }) => rate,
      ({ patternBehindHttp }) => patternBehindHttp,
    ),
    against(
      'both without HTTP or clients',
      ({ module }) => module,
      ({ pattern }) => pattern,
    ),
  ]
  return [
    {
      name: `rush: ${CLIENTS.toLocaleString('en')} clients for ${TIMES} times, booked, the worst of ${rounds.length} rounds`,
      value: rounds.find(({ isRight }) => !isRight)?.booked ?? TIMES,
      unit: '',
      target: `${TIMES}, none twice, all answered`,
      met: rounds.every(({ isRight }) => isRight),
    },
    {
      name: 'rush: from the release to the last answer of a client, 99th percentile',
      value: p99,
      unit: 'ms',
      target: '< 2000 ms',
      met: p99 < 2000,
    },
    ...alike.map((row) => ({ ...row, target: '≥ 2.00', met: row.ratio >= 2 })),
    // Of little meaning, since one of them has clients and the other has none; for whoever asks.
    against(
      'behind HTTP against it without',
      ({ rate }) => rate,
      ({ pattern }) => pattern,
    ),
  ]
}

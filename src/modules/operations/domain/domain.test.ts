import { describe, expect, it } from 'vitest'
import { diagnose, type Measurements } from './diagnosis.ts'
import { maskError } from './masking.ts'
import { routeTimes, type HistogramValue } from './requests.ts'

const well: Measurements = {
  probes: [{ name: 'mail', ok: true }],
  jobs: { failed: 0, retrying: 0, oldestDue: 3 },
  pool: { waiting: 0 },
  loopDelay: 12,
  memory: 180 * 1024 * 1024,
  database: { ping: 1, lockWaits: 0, slowStatements: 0, cacheHits: 0.99 },
  routes: [],
}

describe('"it is slow": what the city hall says about itself', () => {
  it('when all is well it says nothing', () => {
    expect(diagnose(well)).toEqual([])
  })

  it.each<[string, Partial<Measurements>, string, string]>([
    ['a probe fails', { probes: [{ name: 'mail', ok: false }] }, 'probe-failed', 'mail'],
    ['connections are used up', { pool: { waiting: 7 } }, 'pool-exhausted', '7'],
    ['jobs were given up', { jobs: { ...well.jobs, failed: 2 } }, 'jobs-failed', '2'],
    ['jobs wait for ten minutes', { jobs: { ...well.jobs, oldestDue: 600 } }, 'jobs-late', '10'],
    ['somebody holds a lock', { database: { ...well.database, lockWaits: 1 } }, 'locks', '1'],
    ['the database is far away', { database: { ...well.database, ping: 80.4 } }, 'database-slow', '80'],
    ['the disk is read all the time', { database: { ...well.database, cacheHits: 0.5 } }, 'cache-cold', '50'],
    ['the program is busy', { loopDelay: 340 }, 'loop-late', '340'],
    ['memory grows', { memory: 400 * 1024 * 1024 }, 'memory-high', '400'],
  ])('%s', (_, measured, cause, subject) => {
    expect(diagnose({ ...well, ...measured })).toMatchObject([{ cause, subject }])
  })

  it('names the slow pages and those that fail', () => {
    const slow = { route: '/workbench', method: 'GET', requests: 30, failed: 3, mean: 900, p95: 2500, total: 9000 }
    expect(diagnose({ ...well, routes: [slow] }).map((finding) => finding.cause)).toEqual([
      'requests-failed',
      'routes-slow',
    ])
  })

  it('one slow answer after a start is no slow page', () => {
    const first = { route: '/workbench', method: 'GET', requests: 1, failed: 0, mean: 900, p95: 1000, total: 900 }
    expect(diagnose({ ...well, routes: [first] })).toEqual([])
  })

  it('the worst comes first', () => {
    const bad = { ...well, memory: 1e9, probes: [{ name: 'database', ok: false }] }
    expect(diagnose(bad)[0]!.cause).toBe('probe-failed')
  })
})

const line = (
  route: string,
  kind: HistogramValue['kind'],
  le: number | null,
  value: number,
  status = '2xx',
): HistogramValue => ({
  route,
  method: 'GET',
  status,
  le,
  kind,
  value,
})

describe('times by route', () => {
  const reading = [
    line('/a', 'bucket', 0.01, 90),
    line('/a', 'bucket', 0.1, 96),
    line('/a', 'bucket', Infinity, 100),
    line('/a', 'sum', null, 2),
    line('/a', 'count', null, 100),
    line('/a', 'count', null, 1, '5xx'),
  ]

  it('the 95th percentile is the edge of its bucket', () => {
    const [times] = routeTimes(reading.slice(0, 5))
    expect(times).toMatchObject({ route: '/a', requests: 100, mean: 20, p95: 100, total: 2000, failed: 0 })
  })

  it('answers with 5xx count as failed', () => {
    expect(routeTimes(reading)[0]).toMatchObject({ requests: 101, failed: 1 })
  })

  it('between two readings only what is new counts', () => {
    const later = reading.map((value) =>
      value.kind === 'sum' ? { ...value, value: 3 } : { ...value, value: value.value + 10 },
    )
    expect(routeTimes(later.slice(0, 5), reading)[0]).toMatchObject({ requests: 10, total: 1000 })
    expect(routeTimes(reading, reading)).toEqual([])
  })
})

describe('errors of jobs as they are shown', () => {
  it.each([
    ['550 no such user anna.becker@example.org', '550 no such user …@…'],
    ['cannot call +49 7199 0100-120 now', 'cannot call … now'],
    ['invalid value "Anna Becker"', 'invalid value "…"'],
    ['connect ECONNREFUSED 127.0.0.1:25', 'connect ECONNREFUSED 127.0.0.1:25'],
  ])('%s', (error, shown) => {
    expect(maskError(error)).toBe(shown)
  })

  it('are cut', () => {
    expect(maskError('x'.repeat(5000)).length).toBe(400)
  })
})

import { beforeAll, describe, expect, it } from 'vitest'
import { addStaff } from '#modules/accounts/public.ts'
import { exec, many, sql } from '#platform/db/db.ts'
import { json } from '#platform/db/json.ts'
import { newId } from '#platform/db/id.ts'
import { testCity } from '#src/testing/city.ts'
import { wordsOf } from '#src/testing/words.ts'
import { everyHour, groupsOf, usualHours } from './domain/statistics.ts'
import { cells } from './store/statistics.ts'
import { weekAhead } from './use-cases/figures.ts'

/** Wednesday, 13 March 2030. */
const city = await testCity({ seed: true })
const ctx = await city.ctx()
const ADMIN = 'admin@musterstadt.example'
const HEAD = 'leitung.ordnung@musterstadt.example'
await addStaff(ctx, { name: 'Lena Leitung', email: HEAD, unit: 'ordnungsamt', roles: ['head'] })

const PAGE = '/workbench/besuchszahlen'
const day = (text: string) => Temporal.PlainDate.from(text)

interface Visit {
  /** In the city. */
  readonly arrived: string
  readonly due?: string
  /** Minutes after the later of the two. */
  readonly waited?: number
  readonly handled?: number
  readonly people?: number
  readonly services?: readonly string[]
  readonly booked?: boolean
  readonly office?: string
  readonly absent?: boolean
}
let number = 0
const instant = (text: string) => Temporal.PlainDateTime.from(text).toZonedDateTime('Europe/Berlin').toInstant()

async function came(...visits: readonly Visit[]): Promise<void> {
  const rows = visits.map((visit) => {
    const [arrived, due] = [instant(visit.arrived), instant(visit.due ?? visit.arrived)]
    const later = Temporal.Instant.compare(arrived, due) < 0 ? due : arrived
    const called = visit.waited === undefined ? null : later.add({ minutes: visit.waited })
    return {
      id: newId(),
      office: visit.office ?? 'finanzen',
      day: visit.arrived.slice(0, 10),
      number: (number += 1) + 5_000,
      services: visit.services ?? ['reisepass'],
      people: visit.people ?? 1,
      booking: visit.booked ? newId() : null,
      state: visit.absent ? 'absent' : 'done',
      arrived: arrived.toString(),
      due: due.toString(),
      called: called?.toString() ?? null,
      handled: (visit.handled ?? 0) * 60,
    }
  })
  await exec(
    ctx.db,
    sql`insert into queue_visit (id, office, team, day, number, ticket, services, people, booking, state, arrived_at, due_at,
        called_at, handled_seconds, finished_at, locale)
      select id, office, 'team', day, number, 'A', array(select jsonb_array_elements_text(services)), people, booking, state,
        arrived, due, called, handled, coalesce(called, arrived), 'de'
      from jsonb_to_recordset(${json(rows)}) as v (id uuid, office text, day date, number int, services jsonb, people int,
        booking uuid, state text, arrived timestamptz, due timestamptz, called timestamptz, handled int)`,
  )
}

const spanOf = async (first: string, last = first, service: string | null = null) =>
  groupsOf(await cells(ctx, { offices: ['finanzen'], service, from: day(first), until: day(last) }))

it('the demo has 120 counters, and 60 days of visits behind it', async () => {
  const counters = await many(
    ctx.db,
    sql<{ count: number }>`select count(*)::int as count from queue_counter group by office`,
  )
  expect(counters.reduce((sum, { count }) => sum + count, 0)).toBe(120)
  const visits = await many(
    ctx.db,
    sql<{ count: number }>`select count(*)::int as count from queue_visit where state = 'done' group by office`,
  )
  expect(visits).toHaveLength(counters.length)
  expect(Math.min(...visits.map(({ count }) => count))).toBeGreaterThan(500)
})

describe('figures of visits', () => {
  beforeAll(() =>
    came(
      // Two came early for ten: they waited from ten.
      { arrived: '2029-06-04T09:50', due: '2029-06-04T10:00', waited: 2, handled: 10, booked: true },
      { arrived: '2029-06-04T09:30', due: '2029-06-04T10:00', waited: 4, handled: 20, booked: true, people: 3 },
      { arrived: '2029-06-04T10:15', waited: 18, handled: 30, services: ['reisepass', 'personalausweis'] },
      { arrived: '2029-06-04T10:20', absent: true },
      { arrived: '2029-06-05T10:20', waited: 30, handled: 5, services: ['personalausweis'] },
      { arrived: '2029-06-04T10:20', waited: 60, handled: 60, office: 'ordnungsamt' },
    ),
  )

  it('count people, those without an appointment, and who did not come', async () => {
    const all = (await spanOf('2029-06-04')).find(({ by }) => by === 'all')
    expect(all).toMatchObject({ visits: 4, people: 6, walkIns: 2, absent: 1 })
  })

  it('time counts from the booked time of who came early, and beside it from the arrival', async () => {
    const nine = (await spanOf('2029-06-04')).find(({ by, key }) => by === 'hour' && key === '9')
    expect(nine).toMatchObject({ waitMedian: 2, wait90: 4, fromArrivalMedian: 12, handlingMedian: 10 })
  })

  it('who came for two matters counts for both', async () => {
    const found = (await spanOf('2029-06-04', '2029-06-05')).filter(({ by }) => by === 'service')
    expect(found.map(({ key, visits }) => [key, visits])).toEqual([
      ['reisepass', 4],
      ['personalausweis', 2],
    ])
    const [only] = await spanOf('2029-06-04', '2029-06-05', 'personalausweis')
    expect(only).toMatchObject({ by: 'all', visits: 2 })
  })

  it('who gave their number back did not fail to come', async () => {
    await came({ arrived: '2029-06-06T10:20', absent: true }, { arrived: '2029-06-06T10:30', absent: true })
    await exec(
      ctx.db,
      sql`update queue_visit set given_up = true where day = '2029-06-06' and number = ${number + 5_000}`,
    )
    expect((await spanOf('2029-06-06'))[0]).toMatchObject({ visits: 2, absent: 1, gaveUp: 1 })
  })

  it('an hour without visits between others is one with none', async () => {
    await came({ arrived: '2029-06-07T17:20', waited: 1 }, { arrived: '2029-06-07T19:20', waited: 1 })
    const hours = everyHour((await spanOf('2029-06-07')).filter(({ by }) => by === 'hour'))
    expect(hours.map(({ key, visits, waitMedian }) => [key, visits, waitMedian])).toEqual([
      ['17', 1, 1],
      ['18', 0, null],
      ['19', 1, 1],
    ])
    expect(everyHour([])).toEqual([])
  })

  it('hours at night with few visits are told together, with their own times; nobody is left out', async () => {
    const at = (hour: number, minute: number, waited: number) => ({
      arrived: `2029-06-08T${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`,
      waited,
    })
    const dayTime = [8, 9, 10, 11].flatMap((hour) => Array.from({ length: 30 }, (_, i) => at(hour, i, 5)))
    await came(...dayTime, at(3, 0, 50), at(22, 0, 70))
    const found = await cells(ctx, {
      offices: ['finanzen'],
      service: null,
      from: day('2029-06-08'),
      until: day('2029-06-08'),
    })
    expect(usualHours(found)).toMatchObject({ first: 8, last: 11, others: { visits: 2, waitMedian: 50, wait90: 70 } })
    const page = (await city.get(`${PAGE}?von=8.6.2029&bis=8.6.2029&dienststelle=finanzen`, { as: ADMIN })).body
    expect(wordsOf(page)).toContain('von 8 bis 12 Uhr. Davor und danach: 2 von 122 Besuchen.')
    expect(wordsOf(page)).toMatch(/11 Uhr 30 .* andere Zeiten 2 2 2 /)
    expect(page).not.toContain('3 Uhr')
    const csv = (await city.get(`${PAGE}.csv?von=8.6.2029&bis=8.6.2029&dienststelle=finanzen&nach=hour`, { as: ADMIN }))
      .body
    expect([csv.includes(';3 Uhr;1;'), csv.includes(';22 Uhr;1;'), csv.includes('andere Zeiten')]).toEqual([
      true,
      true,
      false,
    ])
  })

  it.each([
    [
      'no more than twelve hours',
      [
        [7, 1],
        [8, 500],
        [18, 1],
      ],
      7,
      18,
    ],
    [
      'as many at night as by day',
      [
        [0, 50],
        [12, 50],
        [23, 50],
      ],
      0,
      23,
    ],
    ['one', [[4, 1]], 4, 4],
  ] as const)('%s are told one by one', (_what, visits, first, last) => {
    const cell = {
      office: 'x',
      weekday: 1,
      services: [],
      people: 1,
      walkIns: 0,
      absent: 0,
      gaveUp: 0,
      sentIn: 0,
      sentOn: 0,
      waited: [],
      sinceArrival: [],
      handled: [],
    }
    const found = visits.map(([hour, n]) => ({ ...cell, hour, visits: n }))
    expect(usualHours(found)).toEqual({ first, last, others: null })
    expect(usualHours([])).toBeNull()
  })

  it('hours are those of the city, whatever the clock does', async () => {
    // 25 March 2029: the clock goes from two to three.
    await came({ arrived: '2029-03-25T03:10', waited: 1 }, { arrived: '2029-03-24T23:50', waited: 30 })
    const hours = async (on: string) => (await spanOf(on)).filter(({ by }) => by === 'hour').map(({ key }) => key)
    expect([await hours('2029-03-25'), await hours('2029-03-24')]).toEqual([['3'], ['23']])
  })

  it('a day without visits has none', async () => {
    expect(await spanOf('2029-01-01')).toEqual([])
  })
})

describe('the page', () => {
  const july = '?von=4.6.2029&bis=5.6.2029'

  it('says the most important in a sentence, draws it, and has every figure in tables', async () => {
    const page = await city.get(`${PAGE}${july}&dienststelle=finanzen`, { as: ADMIN })
    expect(wordsOf(page.body)).toContain('Besuche: 5, Menschen: 7, ohne Termin: 60 %.')
    expect(page.body).toMatch(
      /<svg[^>]* role="img" aria-label="Besuche nach Uhrzeit der Ankunft\. Am meisten: 10 Uhr, 3 Besuche\.">/,
    )
    expect(wordsOf(page.body)).toContain('Montag')
    // On paper, where there is no filter, the page says what it shows; so does the name of a file.
    const asked = `${july}&dienststelle=finanzen&anliegen=reisepass`
    expect(wordsOf((await city.get(`${PAGE}${asked}`, { as: ADMIN })).body)).toMatch(
      /4\. Juni 2029 bis 5\. Juni 2029 · Stadtkasse und Steueramt · Reisepass/,
    )
    const file = await city.get(`${PAGE}.csv${asked}`, { as: ADMIN })
    expect(String(file.headers['content-disposition'])).toContain('_finanzen_reisepass_2029-06-04_2029-06-05.csv')
  })

  it('staff see the offices in which they hold the permission, and no others', async () => {
    const own = wordsOf((await city.get(`${PAGE}${july}`, { as: HEAD })).body)
    expect(own).toContain('Besuche: 1, Menschen: 1,')
    const foreign = wordsOf((await city.get(`${PAGE}${july}&dienststelle=finanzen`, { as: HEAD })).body)
    expect(foreign).toContain('Besuche: 1, Menschen: 1,')
    const csv = (await city.get(`${PAGE}.csv${july}&nach=office`, { as: HEAD })).body
    expect(csv.trim().split('\r\n')).toHaveLength(2)
    expect((await city.get(PAGE, { as: 'jonas.keller@musterstadt.example' })).status).toBe(403)
  })

  it.each([
    ['?von=31.2.2029', 'Den Tag 31.2.2029 gibt es nicht.'],
    ['?bis=neulich', '„neulich“ verstehen wir nicht als Tag.'],
    ['?von=5.6.2029&bis=4.6.2029', 'Der letzte Tag liegt vor dem ersten.'],
    ['?von=1.1.2020&bis=1.1.2029', 'Höchstens zwei Jahre auf einmal.'],
  ])('%s is said to be wrong', async (query, said) => {
    const page = await city.get(`${PAGE}${query}`, { as: ADMIN })
    expect([page.status, wordsOf(page.body).includes(said)]).toEqual([422, true])
  })

  it('last week is one press away, for the office that was asked for', async () => {
    const { body } = await city.get(`${PAGE}?dienststelle=finanzen`, { as: ADMIN })
    const links = [...body.matchAll(/href="([^"]*)"[^>]*>(?:Diese|Letzte|Letzter) (?:Woche|Monat)</g)].map(
      ([, to]) => to!,
    )
    expect(links).toHaveLength(3)
    const last = await city.get(links[1]!.replaceAll('&amp;', '&'), { as: ADMIN })
    expect(wordsOf(last.body)).toContain('4. März 2030 bis 10. März 2030 · Stadtkasse und Steueramt')
    expect(last.body).toMatch(/aria-current="true">Letzte Woche</)
  })

  it('an office without visits says what would be here', async () => {
    expect(wordsOf((await city.get(`${PAGE}?von=1.1.2029&bis=1.1.2029`, { as: ADMIN })).body)).toContain(
      'Keine Besuche',
    )
  })
})

describe('the forecast', () => {
  it('of next week says how many come, and how far it was off', async () => {
    const { monday, hours, past } = await weekAhead(ctx, ['finanzen'], null)
    expect(String(monday)).toBe('2030-03-18')
    expect(hours.length).toBeGreaterThan(10)
    expect(past.length).toBe(4)
    const page = wordsOf((await city.get(`${PAGE}/vorschau?dienststelle=finanzen`, { as: ADMIN })).body)
    expect(page).toMatch(/im Mittel \d+ % daneben/)
    const csv = (await city.get(`${PAGE}/vorschau.csv?dienststelle=finanzen`, { as: ADMIN })).body
    expect(csv.trim().split('\r\n')).toHaveLength(hours.length + 2)
    expect(csv).toContain('Ohne Termin: für jede Stunde die Mitte')
  })

  it('leaves out holidays of the week ahead, by their names', async () => {
    city.clock.set('2030-04-10T09:30:00+02:00')
    // Good Friday 2030 is 19 April.
    const { hours, closed } = await weekAhead(ctx, ['finanzen'], null)
    expect(closed.map((one) => [String(one.day), one.reason])).toContainEqual(['2030-04-19', 'Karfreitag'])
    expect(hours.some((one) => one.day.dayOfWeek === 5)).toBe(false)
    expect(hours.length).toBeGreaterThan(10)
    city.clock.set('2030-03-13T09:30:00+01:00')
  })

  it('a closing day needs no counter, says why, and is no poor day of the weeks before', async () => {
    const tuesday = async () =>
      (await weekAhead(ctx, ['finanzen'], null)).hours.filter(({ day }) => day.dayOfWeek === 2)
    const close = (on: string, office: string | null) =>
      exec(
        ctx.db,
        sql`insert into appointments_closure (id, office, first_day, last_day, reason)
          values (${newId()}, ${office}, ${on}, ${on}, 'Betriebsausflug')`,
      )
    // One came by mistake on a Tuesday that was closed.
    await exec(ctx.db, sql`delete from queue_visit where office = 'finanzen' and day = '2030-03-12'`)
    const before = await tuesday()
    await came({ arrived: '2030-03-12T09:10', waited: 1 })
    expect(await tuesday()).not.toEqual(before)
    await close('2030-03-12', 'finanzen')
    expect(await tuesday()).toEqual(before)
    await close('2030-03-19', null)
    expect((await tuesday()).filter(({ counters }) => counters > 0)).toEqual([])
    const page = wordsOf((await city.get(`${PAGE}/vorschau?dienststelle=finanzen`, { as: ADMIN })).body)
    expect(page).toContain('Dienstag, 19.03.2030: Betriebsausflug')
    const csv = (await city.get(`${PAGE}/vorschau.csv?dienststelle=finanzen`, { as: ADMIN })).body
    expect(csv).toMatch(/2030-03-19;;;;;;;0;0;Betriebsausflug/)
  })

  it('counts the appointments of the week by hour, each with its own time', async () => {
    await exec(
      ctx.db,
      sql`insert into appointments_booking (id, state, office, team, lane, starts_at, ends_at, services, people, variant,
          audience, code_hash, locale, made_at, changed_at)
        select gen_random_uuid(), state, 'finanzen', 'team', 'lane', '2030-03-24T18:45+01:00', '2030-03-24T19:15+01:00',
          '{reisepass}', 3, 'in-person', 'public', '', 'de', now(), now() from unnest(array['booked', 'cancelled']) as state`,
    )
    const sunday = (await weekAhead(ctx, ['finanzen'], null)).hours.filter(({ day }) => day.dayOfWeek === 7)
    expect(sunday.map(({ hour, booked }) => [hour, booked])).toEqual([[18, 3]])
  })
})

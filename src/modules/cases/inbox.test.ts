import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { newId } from '#platform/db/id.ts'
import { testCity } from '#src/testing/city.ts'
import { desk } from './testing/desk.ts'
import { exemptAnswers, openDog } from './testing/dogs.ts'
import { ANNA, HEAD, JONAS, MIRA, OTHER, settle } from './testing/people.ts'

const city = await testCity()
const ctx = await city.ctx()
const people = await settle(ctx)
const { boxOf, inReview, reload } = desk(ctx)

describe('the inbox', () => {
  it('shows clerks the cases of their unit and nobody else’s', async () => {
    const { caseNumber } = await inReview()
    const mine = await city.get('/workbench', { as: JONAS })
    expect(mine.status).toBe(200)
    expect(mine.body).toContain(caseNumber)
    const others = await city.get('/workbench?phase=all', { as: OTHER })
    expect(others.status).toBe(200)
    expect(others.body).not.toContain(caseNumber)
    expect((await city.get('/workbench', { as: ANNA })).status).toBe(403)
    expect((await city.get('/workbench')).location).toContain('/anmelden')
  })

  it('finds a case by name, number and plate-like words, and says so where there is none', async () => {
    const { caseNumber } = await inReview({
      applicant: { accountId: null, name: 'Jürgen Groß-Umstädter', email: 'j.gross@home.example', locale: 'de' },
    })
    for (const q of ['gross-umstadter', 'Jürgen', caseNumber, caseNumber.toLowerCase().replaceAll('-', ' '), 'bello'])
      expect((await city.get(`/workbench?q=${encodeURIComponent(q)}`, { as: JONAS })).body, q).toContain(caseNumber)
    for (const q of ['Nirgendwer', "' or 1=1 --", '&&&']) {
      const { body } = await city.get(`/workbench?q=${encodeURIComponent(q)}`, { as: JONAS })
      expect(body, q).toContain('Nichts gefunden')
      expect(body, q).toMatch(/href="\/workbench\?q=[^"]+phase=all">.*In allen Vorgängen suchen/)
    }
    expect((await city.get('/workbench?q=Nirgendwer&phase=all', { as: JONAS })).body).not.toContain(
      'In allen Vorgängen',
    )
  })

  it('survives any address', async () => {
    for (const query of [
      'sort=x',
      'after=%%%',
      'after=AAAA&before=BBBB',
      'assignee=1;drop',
      'state=review&state=x',
      'due=never',
    ])
      expect((await city.get(`/workbench?${query}`, { as: JONAS })).status, query).toBeLessThan(500)
  })

  it('goes through all pages in both directions without losing or repeating a case', async () => {
    for (let i = 0; i < 60; i++) await openDog(ctx, { answers: exemptAnswers() })
    for (const sort of ['opened', '-opened', 'due', '-changed']) {
      const first = await city.json('GET', `/api/v1/workbench/cases?sort=${sort}&limit=25`, undefined, { as: JONAS })
      const seen: string[] = []
      let next = first.json() as { cases: { caseNumber: string }[]; next: string | null }
      for (;;) {
        seen.push(...next.cases.map(({ caseNumber }) => caseNumber))
        if (!next.next) break
        next = (await city.json('GET', `${next.next}&limit=25`, undefined, { as: JONAS })).json()
      }
      expect(new Set(seen).size).toBe(seen.length)
      expect(seen.length).toBeGreaterThanOrEqual(60)
    }
    const page = await city.get('/workbench?sort=opened', { as: JONAS })
    const after = /\/workbench\?sort=opened&amp;after=([\w-]+)/.exec(page.body)?.[1]
    const second = await city.get(`/workbench?sort=opened&after=${after}`, { as: JONAS })
    const before = /\/workbench\?sort=opened&amp;before=([\w-]+)/.exec(second.body)?.[1]
    const back = await city.get(`/workbench?sort=opened&before=${before}`, { as: JONAS })
    const numbers = (body: string) => [...body.matchAll(/data-number="([^"]+)"/g)].map((match) => match[1])
    expect(numbers(back.body)).toEqual(numbers(page.body))
    expect(numbers(second.body)).not.toEqual(numbers(page.body))
  })

  it('finds the hits of many years in their order, from either end and from anywhere between', async () => {
    const applicant = { accountId: null, name: 'Archivia Alt', email: 'alt@home.example', locale: 'de' } as const
    const { caseId } = await openDog(ctx, { answers: exemptAnswers(), applicant })
    // Dense and sparse half-years, and one without any; open cases with and without a deadline, and closed ones.
    const daysAgo = (n: number) => (n <= 20 ? n : 300 + n * n)
    const ids = Array.from({ length: 44 }, (_, n) => newId(Date.now() - daysAgo(n) * 86_400_000))
    await sql`insert into cases_case (id, number, service, service_version, state, unit, applicant_name, applicant_email,
        locale, channel, answers, opened_at, entered_at, changed_at, closed_at, due_on, access_code_hash, idempotency_hash, search)
      select old.id, 'ALT-' || n, service, service_version, state, unit, applicant_name, applicant_email,
        locale, channel, answers, uuid_extract_timestamp(old.id), opened_at, changed_at - (n * 7919 % 700) * interval '1 day',
        case when n % 3 = 0 then now() end, case when n % 3 = 1 then current_date + n::int % 7 end, '', 'alt:' || n, search
      from cases_case k, unnest(${ids}::uuid[]) with ordinality old (id, n) where k.id = ${caseId}`.execute(ctx.db)
    await sql`insert into cases_cell (cell, unit, service, state, is_closed, is_assigned)
      select distinct cell, unit, service, state, closed_at is not null, assignee is not null from cases_case
      on conflict do nothing`.execute(ctx.db)
    type Page = { cases: { caseNumber: string }[]; next: string | null }
    const get = (path: string) => city.json('GET', path, undefined, { as: JONAS })
    const phases = { all: sql`true`, open: sql`is_open`, closed: sql`not is_open` }
    const columns = { opened: sql`opened_at`, changed: sql`changed_at`, due: sql`due_key` }
    for (const [phase, holds] of Object.entries(phases))
      for (const [sort, column] of Object.entries(columns))
        for (const direction of ['', '-']) {
          const { rows } = await sql<{ number: string }>`select number from cases_case
            where applicant_name = 'Archivia Alt' and ${holds}
            order by (${column}, id) ${direction ? sql`desc` : sql`asc`}`.execute(ctx.db)
          for (const limit of [1, 10, 25]) {
            const seen: string[] = []
            let path = `/api/v1/workbench/cases?q=archivia&phase=${phase}&sort=${direction}${sort}`
            for (;;) {
              const page = (await get(`${path}&limit=${limit}`)).json() as Page
              seen.push(...page.cases.map(({ caseNumber }) => caseNumber))
              if (!page.next) break
              path = page.next
            }
            expect(seen, `${phase} by ${direction}${sort}, ${limit} each`).toEqual(rows.map(({ number }) => number))
          }
        }
    expect((await city.get('/workbench?q=archivia&phase=all', { as: JONAS })).body).toContain('45 Vorgänge')
  })

  it('is exported as CSV that no spreadsheet runs as a program', async () => {
    const { caseNumber } = await inReview({
      applicant: { accountId: null, name: '=cmd|calc', email: 'x@home.example', locale: 'de' },
    })
    const csv = await city.get('/workbench/vorgaenge.csv?phase=all', { as: JONAS })
    expect(csv.headers['content-type']).toContain('text/csv')
    const line = csv.body.split('\r\n').find((text) => text.startsWith(caseNumber))
    expect(line).toContain(`;'=cmd|calc;`)
    expect((await city.get('/workbench/vorgaenge.csv?phase=all', { as: OTHER })).body).not.toContain(caseNumber)
  })

  it('takes, hands over and sets follow-ups for several cases at once, and says what did not work', async () => {
    const [a, b] = [await inReview(), await inReview()]
    const ids = [a.caseId, b.caseId]
    const boxes = () => Promise.all(ids.map(boxOf))
    const cases = await boxes()
    const taken = await city.post('/workbench/uebernahmen', { case: cases, back: 'state=review' }, { as: JONAS })
    expect(taken.location).toBe('/workbench?state=review&changed=2&left=0')
    expect((await reload(a.caseId)).assignee).toBe(people.jonas)

    const stolen = await city.post('/workbench/uebernahmen', { case: cases }, { as: MIRA })
    expect(stolen.location).toContain('changed=0&left=2')
    const told = await city.get(stolen.location, { as: MIRA })
    for (const words of ['2 Vorgänge sind geblieben', `>${a.caseNumber}</a>`, 'inzwischen von jemand anderem geändert'])
      expect(told.body).toContain(words)
    const foreign = await city.post('/workbench/uebernahmen', { case: cases }, { as: OTHER })
    expect(foreign.location).toContain('changed=0&left=2')

    // Jonas is ill: the head of the unit gives his cases to Mira.
    const list = await city.get(`/workbench?assignee=${people.jonas}`, { as: HEAD })
    expect(list.body).toContain(a.caseNumber)
    const notHers = await city.post('/workbench/uebergaben', { case: await boxes(), to: people.mira }, { as: MIRA })
    expect(notHers.location).toContain(`not=${a.caseNumber}.forbidden`)
    const handed = await city.post('/workbench/uebergaben', { case: await boxes(), to: people.mira }, { as: HEAD })
    expect(handed.location).toContain('changed=2')
    expect((await reload(b.caseId)).assignee).toBe(people.mira)

    // What one may do to none of the rows is not offered.
    const offers = async (as: string) =>
      (await city.get(`/workbench?assignee=${people.mira}`, { as })).body.includes('/workbench/uebergaben')
    expect([await offers(JONAS), await offers(MIRA), await offers(HEAD)]).toEqual([false, true, true])

    const later = await city.post('/workbench/wiedervorlagen', { case: await boxes(), on: '24.12.2030' }, { as: MIRA })
    expect(later.location).toContain('changed=2')
    expect((await reload(a.caseId)).followUpOn?.toString()).toBe('2030-12-24')
    const blind = await city.post('/workbench/wiedervorlagen', { case: cases, on: '2.1.2031' }, { as: JONAS })
    expect(blind.location).toContain('changed=0&left=2')
    expect((await reload(a.caseId)).followUpOn?.toString()).toBe('2030-12-24')
    const impossible = await city.post(
      '/workbench/wiedervorlagen',
      { case: await boxes(), on: '30.2.2031' },
      { as: MIRA },
    )
    expect(impossible.status).toBe(422)
    const passed = await city.post('/workbench/wiedervorlagen', { case: await boxes(), on: '12.3.2030' }, { as: MIRA })
    expect(passed.status).toBe(422)
    expect(passed.body).toContain('Dieser Tag ist schon vorbei')
    expect((await city.post('/workbench/uebernahmen', {}, { as: MIRA })).body).toContain(
      'Wählen Sie zuerst Vorgänge aus',
    )
  })

  it('keeps views under a name, for their owner alone', async () => {
    await city.post(
      '/workbench/ansichten',
      { name: 'Meine Sorgenkinder', query: 'due=overdue&x=%22%3E%3Cscript' },
      { as: JONAS },
    )
    const page = await city.get('/workbench', { as: JONAS })
    expect(page.body).toContain('Meine Sorgenkinder')
    expect(page.body).toContain('/workbench?due=overdue"')
    expect((await city.get('/workbench', { as: MIRA })).body).not.toContain('Meine Sorgenkinder')
    const id = /\/workbench\/ansichten\/([0-9a-f-]+)\/loeschung/.exec(page.body)![1]!
    const rename = (name: string, as: string) => city.post(`/workbench/ansichten/${id}/umbenennung`, { name }, { as })
    await city.post('/workbench/ansichten', { name: 'Zweite', query: 'due=week' }, { as: JONAS })
    expect((await rename('Zweite', JONAS)).body).toContain('Diesen Namen hat schon eine andere Ansicht.')
    await rename('Fremd', MIRA)
    expect((await city.get('/workbench', { as: JONAS })).body).not.toContain('Fremd')
    expect((await rename('Meine Lieblinge', JONAS)).status).toBe(303)
    expect((await city.get('/workbench', { as: JONAS })).body).toContain('Meine Lieblinge')
    await rename('Meine Sorgenkinder', JONAS)
    await city.post(`/workbench/ansichten/${id}/loeschung`, {}, { as: MIRA })
    expect((await city.get('/workbench', { as: JONAS })).body).toContain('Meine Sorgenkinder')
    await city.post(`/workbench/ansichten/${id}/loeschung`, {}, { as: JONAS })
    expect((await city.get('/workbench', { as: JONAS })).body).not.toContain('Meine Sorgenkinder')
    expect((await city.post('/workbench/ansichten', { name: ' ' }, { as: JONAS })).status).toBe(422)
  })
})

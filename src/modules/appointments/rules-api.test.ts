import { beforeEach, describe, expect, test } from 'vitest'
import { testCity } from '#src/testing/city.ts'
import { exec, sql } from '#platform/db/db.ts'
import { newId } from '#platform/db/id.ts'
import { at, BIRGIT, freshDesk, LAURA, outcomesOf, type Desk } from './testing/desk.ts'

const city = await testCity({ seed: true, config: { trustedProxies: ['127.0.0.1'] } })

let desk: Desk
beforeEach(async () => {
  desk = await freshDesk(city)
})

describe('programs of the staff', () => {
  const api = '/api/v1/appointments'
  const ask = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', to: string, body?: object, version?: number, as = LAURA) =>
    city.json(method, `${api}${to}`, body, { as, headers: version === undefined ? {} : { 'if-match': `"${version}"` } })

  test('see whom a change would hit, make it from a day on, end the rule, and begin another', async () => {
    const [monday, next] = [desk.mondays[0]!, desk.mondays[1]!]
    await desk.book(at(monday, '08:00'), 'before@example.org')
    const hit = await desk.book(at(next, '08:00'), 'api@example.org')
    const wanted = { from: next.toString(), hours: [{ from: '10:00', to: '12:00' }] }
    const rule = `/rules/${desk.rule.id}`
    const preview = (await ask('PATCH', rule, { ...wanted, preview: true }, 1)).json()
    expect(preview).toMatchObject({ change: null, hits: [{ booking: hit }], total: 1 })
    expect((await ask('PATCH', rule, wanted)).status).toBe(428)
    expect((await ask('PATCH', rule, wanted, 9)).status).toBe(412)
    // By mistake it would be open all night.
    expect((await ask('PATCH', rule, { hours: [{ from: '18:00', to: '08:00' }], preview: true }, 1)).status).toBe(422)
    const made = (await ask('PATCH', rule, { ...wanted, hits: 'leave' }, 1)).json()
    expect(await outcomesOf(city, made.change)).toEqual([{ booking: hit, outcome: 'left' }])

    const listed = (await ask('GET', `/rules?office=${desk.team.office}`)).json().rules
    const own = listed.find(({ id }: { id: string }) => id === desk.rule.id)
    const until = next.subtract({ days: 1 }).toString()
    expect(own).toMatchObject({
      version: 2,
      versions: [
        { from: null, until },
        { from: next.toString(), until: null },
      ],
    })

    expect((await ask('DELETE', `${rule}?lastDay=${until}`, undefined, 2)).status).toBe(200)
    const { version, from: _from, until: _until, ...content } = own.versions[1]
    const fresh = { ...content, team: desk.team.id, firstDay: next.toString() }
    // What a version says of itself is no part of a rule.
    expect((await ask('POST', '/rules', { ...fresh, version })).json().errors).toMatchObject([{ pointer: '#/version' }])
    const later = newId()
    expect((await ask('POST', '/rules', { ...fresh, id: later })).status).toBe(201)
    const early = await ask('PATCH', `/rules/${later}`, { ...wanted, from: desk.mondays[2]!.toString() }, 1)
    expect(early.json().errors[0].detail).toContain('noch nicht begonnen')
    const clash = await ask('POST', '/rules', fresh)
    expect(clash.status).toBe(422)
    expect(clash.json().errors[0].detail).toContain('dieselben Plätze')
    expect((await ask('PATCH', rule, wanted, 3, BIRGIT)).status).toBe(404)
    expect((await ask('POST', '/rules', { ...fresh, firstDay: '2030-02-31' })).status).toBe(400)
  })

  test('are told of 500 hits, and how many there are', async () => {
    const monday = desk.mondays[0]!
    const { db } = await city.ctx()
    await exec(
      db,
      sql`insert into appointments_booking (id, state, office, team, lane, starts_at, ends_at, services, people, variant,
          audience, code_hash, locale, made_at, changed_at)
        select gen_random_uuid(), 'booked', ${desk.team.office}, ${desk.team.id}, ${`${desk.team.id}/public/1`},
          ${at(monday, '08:00')}::timestamptz, ${at(monday, '08:15')}::timestamptz, array[${desk.service}], 1, 'in-person',
          'public', '', 'de', now(), now() from generate_series(1, 501)`,
    )
    const shut = { office: desk.team.office, firstDay: monday.toString(), reason: 'Umzug', preview: true }
    const { hits, total } = (await ask('POST', '/closures', shut)).json()
    expect([hits.length, total]).toEqual([500, 501])
  })

  test('take back a version that has not begun', async () => {
    const next = desk.mondays[1]!
    const rule = `/rules/${desk.rule.id}`
    await ask('PATCH', rule, { from: next.toString(), hours: [{ from: '08:00', to: '14:00' }] }, 1)
    const hit = await desk.book(at(next, '13:00'), 'noon-api@example.org')
    const planned = `${rule}/versions/2`
    expect((await ask('DELETE', planned)).status).toBe(428)
    expect((await ask('DELETE', planned, undefined, 2, BIRGIT)).status).toBe(404)
    expect((await ask('DELETE', planned, undefined, 1)).status).toBe(412)
    expect((await ask('DELETE', `${rule}/versions/1`, undefined, 2)).status).toBe(422)
    const preview = (await ask('DELETE', `${planned}?preview=true`, undefined, 2)).json()
    expect(preview).toMatchObject({ change: null, hits: [{ booking: hit }] })
    const made = (await ask('DELETE', `${planned}?hits=leave`, undefined, 2)).json()
    expect(await outcomesOf(city, made.change)).toEqual([{ booking: hit, outcome: 'left' }])
    expect((await ask('DELETE', planned, undefined, 3)).status).toBe(404)
    const listed = (await ask('GET', '/rules')).json().rules
    const own = listed.find(({ id }: { id: string }) => id === desk.rule.id)
    expect(own).toMatchObject({ version: 3, versions: [{ version: 3, from: null, until: null }] })
  })

  test('shut an office for a day and open it again', async () => {
    const day = desk.mondays[0]!.toString()
    const closure = { office: desk.team.office, firstDay: day, reason: 'Umzug' }
    expect((await ask('POST', '/closures', { ...closure, reason: ' ' })).status).toBe(422)
    expect((await ask('POST', '/closures', { ...closure, office: null }, undefined, BIRGIT)).status).toBe(422)
    expect((await ask('POST', '/closures', closure)).status).toBe(201)
    const [listed] = (await ask('GET', '/closures')).json().closures
    expect(listed).toMatchObject({ ...closure, lastDay: day })
    expect((await ask('DELETE', `/closures/${listed.id}`, undefined, undefined, BIRGIT)).status).toBe(404)
    expect((await ask('DELETE', `/closures/${listed.id}`)).json()).toEqual({ removed: true })
  })
})

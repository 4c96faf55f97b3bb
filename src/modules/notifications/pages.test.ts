import { describe, expect, it } from 'vitest'
import { addCitizen, addStaff, addUnit } from '#modules/accounts/public.ts'
import { exec, one, sql } from '#platform/db/db.ts'
import { testCity } from '#src/testing/city.ts'
import { notify, unreadCount, type Notice } from './public.ts'

const city = await testCity()
const ctx = await city.ctx()
await addUnit(ctx, { id: 'bauamt', parentId: 'rathaus', name: { de: 'Bauamt', en: 'Building' } })
await addUnit(ctx, { id: 'amt-zwei', parentId: 'rathaus', name: { de: 'Amt Zwei', en: 'Two' } })
await addStaff(ctx, { name: 'Bernd Bau', email: 'bau@city.example', unit: 'bauamt', roles: ['clerk'] })
await addStaff(ctx, { name: 'Zita Zwei', email: 'zwei@city.example', unit: 'amt-zwei', roles: ['clerk'] })
const anna = await addCitizen(ctx, { name: 'Anna Becker', email: 'anna@city.example' })
await addCitizen(ctx, { name: 'Otto Anders', email: 'otto@city.example' })
const ANNA = { as: 'anna@city.example' }
const BAU = { as: 'bau@city.example' }

let n = 0
const tell = (more: Partial<Notice> = {}) =>
  notify(ctx, {
    key: `pages:${(n += 1)}`,
    to: { accountId: anna.id },
    locale: 'de',
    subject: `Nachricht ${n}`,
    paragraphs: ['Guten Tag, <b>alles</b> gut.'],
    link: { path: '/meine-antraege/1', label: 'Zum Antrag' },
    unit: 'bauamt',
    ...more,
  })

describe('the inbox of the portal', () => {
  it('shows a message, counts it as read once it was opened, and not before', async () => {
    const { id } = await tell()
    expect(await unreadCount(ctx, anna.id)).toBe(1)
    expect((await city.get('/konto/nachrichten', ANNA)).body).toContain('Eine Nachricht ist ungelesen')
    const page = await city.get(`/konto/nachrichten/${id}`, ANNA)
    expect(page.body).toContain('&lt;b&gt;alles&lt;/b&gt;')
    expect(page.body).toContain('Auch per E-Mail an anna@city.example')
    expect(await unreadCount(ctx, anna.id)).toBe(0)
    expect((await city.post(`/konto/nachrichten/${id}/ungelesen`, {}, ANNA)).status).toBe(303)
    expect(await unreadCount(ctx, anna.id)).toBe(1)
    await city.post('/konto/nachrichten/gelesen', {}, ANNA)
    expect(await unreadCount(ctx, anna.id)).toBe(0)
  })

  it('shows nothing of it to anybody else', async () => {
    const file = await ctx.app.files.save(ctx, { name: 'Bescheid.txt', content: Buffer.from('ja'), owner: 'case:1' })
    const { id } = await tell({ attachments: [file.id] })
    const path = `/konto/nachrichten/${id}`
    expect((await city.get(path)).status).toBe(303)
    expect((await city.get(path, { as: 'otto@city.example' })).status).toBe(404)
    expect((await city.get(`${path}/anlagen/${file.id}`, { as: 'otto@city.example' })).status).toBe(404)
    expect((await city.get(`${path}/anlagen/${file.id}`, ANNA)).body).toBe('ja')
    expect((await city.get(`${path}/anlagen/${id}`, ANNA)).status).toBe(404)
    expect((await city.post(`${path}/ungelesen`, {}, { as: 'otto@city.example' })).status).toBe(404)
    expect((await city.get('/konto/nachrichten/keine', ANNA)).status).toBe(404)
    expect(
      (await city.json('GET', `/api/v1/account/messages/${id}`, undefined, { as: 'otto@city.example' })).status,
    ).toBe(404)
  })

  it('is there for machines, too', async () => {
    const { id } = await tell()
    const list = await city.json('GET', '/api/v1/account/messages', undefined, ANNA)
    expect(list.json().messages[0]).toMatchObject({
      id,
      readAt: null,
      link: { url: 'http://localhost:8080/meine-antraege/1' },
    })
    expect((await city.json('GET', `/api/v1/account/messages/${id}`, undefined, ANNA)).json().id).toBe(id)
    expect((await city.json('GET', '/api/v1/account/messages')).status).toBe(401)
  })
})

describe('the page of all that was sent', () => {
  it('finds by word, channel, state and day, and only what the unit may see', async () => {
    const { id } = await tell({ subject: 'Baugenehmigung Nord' })
    await city.runJobs()
    for (const query of ['q=genehmigung+anna', 'weg=mail', 'zustand=sent', 'von=2030-03-13&bis=2030-03-13'])
      expect((await city.get(`/workbench/nachrichten?${query}`, BAU)).body).toContain(id)
    expect((await city.get('/workbench/nachrichten?q=genehmigung&zustand=failed', BAU)).body).not.toContain(id)
    expect((await city.get('/workbench/nachrichten', { as: 'zwei@city.example' })).body).not.toContain(id)
    expect((await city.get(`/workbench/nachrichten/${id}`, { as: 'zwei@city.example' })).status).toBe(404)
    expect((await city.get('/workbench/nachrichten', ANNA)).status).toBe(403)
    expect((await city.get('/workbench/nachrichten?von=gestern&seite=x&q=%25', BAU)).body).toContain(
      '„gestern“ verstehen wir nicht als Tag',
    )
    const csv = await city.get('/workbench/nachrichten/liste.csv?q=genehmigung', BAU)
    expect(csv.body).toContain('Baugenehmigung Nord')
  })

  it('shows why something failed and sends it again at a click', async () => {
    const { id } = await tell({ to: { email: 'none' }, channels: ['mail'] })
    const page = await city.get(`/workbench/nachrichten/${id}`, BAU)
    expect(page.body).toContain('Die Adresse ist ungültig')
    await exec(ctx.db, sql`update notifications_message set email = 'now@city.example' where id = ${id}`)
    const again = await city.post(`/workbench/nachrichten/${id}/wiederholung`, {}, BAU)
    expect((await city.get(again.location, BAU)).body).toContain('wird erneut versucht')
    await city.runJobs()
    const { state } = await one(
      ctx.db,
      sql<{ state: string }>`select state from notifications_delivery where message = ${id}`,
    )
    expect(state).toBe('sent')
    expect((await city.post('/workbench/nachrichten/wiederholung?zustand=failed', {}, BAU)).location).toContain(
      'wiederholt=0',
    )
  })

  it('never shows a text that holds a key to an account', async () => {
    const { id } = await tell({
      confidential: true,
      paragraphs: ['Ihr geheimer Schlüssel'],
      link: { path: '/passwort/abc', label: 'Neu' },
    })
    const page = await city.get(`/workbench/nachrichten/${id}`, BAU)
    expect(page.body).toContain('Ihr Text wird nicht angezeigt')
    expect(page.body).not.toContain('geheimer Schlüssel')
    expect(page.body).not.toContain('/passwort/abc')
  })
})

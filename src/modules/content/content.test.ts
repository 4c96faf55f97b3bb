import { beforeAll, describe, expect, it } from 'vitest'
import { addCitizen, addStaff } from '#modules/accounts/public.ts'
import { complaints } from '#platform/html/testing/complaints.ts'
import { many, sql } from '#platform/db/db.ts'
import { testCity, type TestCity } from '#src/testing/city.ts'
import { feedbackIn } from './store.ts'

let city: TestCity
const editor = 'eva.editor@musterstadt.example'
const clerk = 'karl.clerk@musterstadt.example'
const citizen = 'anna.becker@musterstadt.example'

beforeAll(async () => {
  city = await testCity()
  const ctx = await city.ctx()
  await addStaff(ctx, { name: 'Eva Editor', email: editor, unit: 'rathaus', roles: ['editor'] })
  await addStaff(ctx, { name: 'Karl Clerk', email: clerk, unit: 'rathaus', roles: ['clerk'] })
  await addCitizen(ctx, { name: 'Anna Becker', email: citizen })
})

const open = async () => feedbackIn(await city.ctx(), 'open', { offset: 0, limit: 10 })
const report = (fields: Record<string, string> = {}) =>
  city.post('/barrierefreiheit/meldung', { message: 'Der Knopf fehlt.', about: '', name: '', email: '', ...fields })

const received = async (fields: Record<string, string>): Promise<string> => {
  await report(fields)
  const all = await open()
  return all.at(-1)!.id
}

describe('the pages that the law asks for', () => {
  it.each(['/impressum', '/kontakt', '/datenschutz', '/barrierefreiheit', '/barrierefreiheit/danke'])(
    '%s is there in both languages and valid',
    async (path) => {
      for (const address of [path, `/en${path}`]) {
        const page = await city.get(address)
        expect(page.status).toBe(200)
        expect(complaints(page.body)).toEqual([])
      }
    },
  )

  it('the imprint names who represents the city', async () => {
    expect((await city.get('/impressum')).body).toContain('Oberbürgermeisterin Dr. Marlene Vogt')
  })

  it('the privacy page names every purpose and period of every module', async () => {
    const { body } = await city.get('/en/datenschutz')
    const rules = city.app.modules.flatMap((module) => module.retention ?? [])
    expect(rules.length).toBeGreaterThan(0)
    const shown = body.replaceAll('&#39;', "'").replaceAll('&amp;', '&').replaceAll('&quot;', '"')
    for (const rule of rules) expect(shown).toContain(rule.purpose.en)
  })

  it('are linked at the foot of every page', async () => {
    const { body } = await city.get('/impressum')
    for (const path of ['/kontakt', '/impressum', '/datenschutz', '/barrierefreiheit'])
      expect(body).toContain(`href="${path}"`)
  })
})

describe('a report of a barrier', () => {
  it('without words comes back with what to do, and nothing typed is lost', async () => {
    const page = await report({ message: ' ', email: 'anna', name: 'Anna <B>' })
    expect(page.status).toBe(422)
    expect(page.body).toContain('href="#f-message"')
    expect(page.body).toContain('Geben Sie die E-Mail-Adresse so ein: name@beispiel.de')
    expect(page.body).toContain('value="Anna &lt;B&gt;"')
    expect(complaints(page.body)).toEqual([])
  })

  it('lands in the workbench and leaves an audit entry', async () => {
    const sent = await report({ message: 'Die Karte hat keine Liste.' })
    expect([sent.status, sent.location]).toEqual([303, '/barrierefreiheit/danke'])
    const list = await city.get('/workbench/rueckmeldungen', { as: editor })
    expect(list.body).toContain('Die Karte hat keine Liste.')
    expect(complaints(list.body)).toEqual([])
    const csv = await city.get('/workbench/rueckmeldungen.csv', { as: editor })
    expect(csv.headers['content-type']).toContain('text/csv')
    expect(csv.body).toContain('Die Karte hat keine Liste.')
    const ctx = await city.ctx()
    const entries = await many(
      ctx.db,
      sql<{ action: string }>`select action from audit_entry where action like 'content.%'`,
    )
    expect(entries.map((entry) => entry.action)).toContain('content.feedback-received')
  })

  it('names the page from which somebody came', async () => {
    expect((await city.get('/barrierefreiheit?seite=/leistungen')).body).toContain('value="/leistungen"')
  })

  it('is for those who may answer it only', async () => {
    const id = await received({ message: 'Nur für die Redaktion.' })
    for (const as of [clerk, citizen]) {
      expect((await city.get('/workbench/rueckmeldungen', { as })).status).toBe(403)
      expect((await city.get('/workbench/rueckmeldungen.csv', { as })).status).toBe(403)
      expect((await city.get(`/workbench/rueckmeldungen/${id}`, { as })).status).toBe(403)
      expect((await city.post(`/workbench/rueckmeldungen/${id}/abschluss`, {}, { as })).status).toBe(403)
    }
    expect((await open()).map((feedback) => feedback.id)).toContain(id)
  })
})

describe('an answer', () => {
  it('goes by mail, in the language of the report, and is kept', async () => {
    const sent = await city.post('/en/barrierefreiheit/meldung', {
      message: 'No list.',
      about: '',
      name: '',
      email: 'ann@example.org',
    })
    expect(sent.location).toBe('/en/barrierefreiheit/danke')
    const { id } = (await open()).at(-1)!
    const answered = await city.post(
      `/workbench/rueckmeldungen/${id}/antwort`,
      { answer: 'It is there now.\n\nThank you.' },
      { as: editor },
    )
    expect([answered.status, answered.location]).toEqual([303, `/workbench/rueckmeldungen/${id}`])
    const ctx = await city.ctx()
    const mails = await many(
      ctx.db,
      sql<{
        subject: string
        paragraphs: string[]
      }>`select subject, paragraphs from notifications_message where email = 'ann@example.org'`,
    )
    expect(mails).toHaveLength(1)
    expect(mails[0]!.subject).toBe('Answer to your report on accessibility')
    expect(mails[0]!.paragraphs.slice(0, 2)).toEqual(['It is there now.', 'Thank you.'])
    const page = await city.get(`/workbench/rueckmeldungen/${id}`, { as: editor })
    expect(page.body).toContain('It is there now.')
    expect(page.body).toContain('Eva Editor')
    expect(complaints(page.body)).toEqual([])
  })

  it('that is empty is asked for again', async () => {
    const id = await received({ email: 'ann@example.org' })
    const page = await city.post(`/workbench/rueckmeldungen/${id}/antwort`, { answer: ' ' }, { as: editor })
    expect(page.status).toBe(422)
    expect(page.body).toContain('Schreiben Sie eine Antwort.')
    expect(complaints(page.body)).toEqual([])
  })

  it('is given once: the second colleague is told', async () => {
    const id = await received({ email: 'ann@example.org' })
    const both = await Promise.all([
      city.post(`/workbench/rueckmeldungen/${id}/antwort`, { answer: 'Eins.' }, { as: editor }),
      city.post(`/workbench/rueckmeldungen/${id}/antwort`, { answer: 'Zwei.' }, { as: editor }),
    ])
    expect(both.map((reply) => reply.status).sort()).toEqual([303, 409])
  })

  it('is not offered where the person left no address', async () => {
    const id = await received({ email: '' })
    expect((await city.get(`/workbench/rueckmeldungen/${id}`, { as: editor })).body).toContain('keine E-Mail-Adresse')
    expect((await city.post(`/workbench/rueckmeldungen/${id}/antwort`, { answer: 'x' }, { as: editor })).status).toBe(
      404,
    )
    expect((await city.post(`/workbench/rueckmeldungen/${id}/abschluss`, {}, { as: editor })).status).toBe(303)
  })

  it.each(['nope', '00000000-0000-7000-8000-000000000000', '%00'])(
    'to a report that does not exist (%s) is no error of ours',
    async (id) => {
      expect((await city.get(`/workbench/rueckmeldungen/${id}`, { as: editor })).status).toBeGreaterThanOrEqual(400)
      expect((await city.get(`/workbench/rueckmeldungen/${id}`, { as: editor })).status).toBeLessThan(500)
    },
  )
})

describe('time', () => {
  it('takes away what was answered a year ago, and leaves what is open', async () => {
    const before = (await open()).length
    city.clock.advance({ years: 1, days: 1 })
    await city.runJob('platform.retention')
    const ctx = await city.ctx()
    const left = await many(ctx.db, sql<{ state: string }>`select state from content_feedback`)
    expect(left.every((row) => row.state === 'open')).toBe(true)
    expect(left).toHaveLength(before)
  })
})

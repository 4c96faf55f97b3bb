import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Assets } from '../assets/assets.ts'
import { loadAssets } from '../assets/load.ts'
import { errorPage } from '../error-page.ts'
import { html } from '../html.ts'
import { layout } from '../layout.ts'
import { complaints } from '../testing/complaints.ts'
import { gallery } from '../testing/gallery.ts'
import { pageContext } from '../testing/page-context.ts'
import {
  checkboxField,
  dateField,
  dateFromForm,
  errorSummary,
  fileField,
  joinDate,
  pageHeading,
  pagination,
  splitDate,
  textareaField,
  textField,
} from './index.ts'
import { pagesAround } from './pagination.ts'

let assets: Assets
beforeAll(async () => {
  assets = await loadAssets()
})

describe.each(['de', 'en'] as const)('the parts of a page (%s)', (locale) => {
  const parts = gallery({ locale })

  it.each(Object.keys(parts))('%s is valid HTML', (name) => {
    const ctx = pageContext({ assets, locale })
    const page = layout(ctx, { title: name, main: html`<h1>${name}</h1>${parts[name]}` })
    // Some parts hold the page's heading themselves.
    const own = String(parts[name]).includes('<h1') ? layout(ctx, { title: name, main: parts[name] }) : page
    expect(complaints(String(own))).toEqual([])
  })

  it('hold no style, script or handler of their own, which the policy of the pages forbids', () => {
    for (const part of Object.values(parts)) expect(String(part)).not.toMatch(/\sstyle=|<style|<script|\son[a-z]+=/)
  })
})

describe('a field', () => {
  it('gives back what was typed, escaped', () => {
    fc.assert(
      fc.property(fc.string(), (typed) => {
        const markup = String(textField({ locale: 'de' }, { name: 'a', label: 'A', value: typed }))
        expect(markup).not.toMatch(/value="[^"]*[<>'][^"]*"/)
      }),
    )
  })

  it('keeps the newline at the beginning of a long text', () => {
    expect(String(textareaField({ locale: 'de' }, { name: 'a', label: 'A', value: '\nb' }))).toContain(
      '>\n\nb</textarea>',
    )
  })

  it('names its hint and its error for screen readers', () => {
    const markup = String(textField({ locale: 'de' }, { name: 'a.b', label: 'A', hint: 'h', error: 'e' }))
    expect(markup).toContain('aria-describedby="f-a-b-hint f-a-b-error"')
    expect(markup).toContain('aria-invalid="true"')
  })

  it('is where the link of the error summary goes', () => {
    expect(String(errorSummary({ locale: 'de' }, { 'a.b': 'e' }))).toContain('href="#f-a-b"')
    expect(String(textField({ locale: 'de' }, { name: 'a.b', label: 'A' }))).toContain('id="f-a-b"')
  })
})

describe('a box to tick, and a file to choose', () => {
  it.each([
    ['a consent', checkboxField({ locale: 'de' }, { name: 'a', label: 'A' })],
    ['a file', fileField({ locale: 'de' }, { name: 'a', label: 'A' })],
  ])('%s that must be given is announced as required, and not as wrong before anybody was there', (_what, field) => {
    expect(String(field)).toMatch(/<input[^>]* required[^>]* aria-invalid="false"/)
  })

  it('are not required where they are voluntary or there already', () => {
    const files = [{ id: 'x', name: 'schein.pdf', bytes: 1 }]
    expect(String(checkboxField({ locale: 'de' }, { name: 'a', label: 'A', optional: true }))).not.toMatch(/ required/)
    expect(String(fileField({ locale: 'de' }, { name: 'a', label: 'A', files }))).not.toMatch(/ required/)
  })
})

describe('a heading', () => {
  it.each([
    ['Zahlung: BPA-2026-000001-4 Ausweis', 'Zahlung: <span class="rh-whole">BPA-2026-000001-4</span> Ausweis'],
    ['E-Mail-Adresse ändern', 'E-Mail-Adresse ändern'],
    ['PDF-Datei', 'PDF-Datei'],
    ['<b>A-1</b>', '&lt;b&gt;<span class="rh-whole">A-1</span>&lt;/b&gt;'],
  ])('keeps the number of “%s” in one piece', (title, words) => {
    expect(String(pageHeading({ title }))).toContain(`<h1 class="kern-heading-large">${words}</h1>`)
  })
})

describe('a date in three fields', () => {
  it.each([
    [false, 3],
    [true, 0],
  ])('whose parts need not be given (%s) are announced so', (optional, required) => {
    const markup = String(dateField({ locale: 'de' }, { name: 'd', label: 'D', optional }))
    expect(markup.split('aria-required="true"')).toHaveLength(required + 1)
  })

  it('comes back as it was typed', () => {
    const part = fc.stringMatching(/^[0-9a-z]{0,4}$/)
    fc.assert(
      fc.property(part, part, part, (day, month, year) => {
        const again = splitDate(joinDate({ day, month, year }))
        expect(joinDate(again)).toBe(joinDate({ day, month, year }))
      }),
    )
  })

  it.each([
    [{ day: '28', month: '2', year: '1990' }, '1990-02-28'],
    [{ day: '30', month: '02', year: '2026' }, '2026-02-30'],
    [{ day: ' 3 ', month: 'x', year: '1990' }, '3.x.1990'],
    [{ day: '1', month: '1', year: '90' }, '1.1.90'],
    [{ day: '', month: '', year: '' }, ''],
  ])('%o reads %s', (parts, value) => {
    const form = { get: (name: string) => parts[name.slice(2) as keyof typeof parts] }
    expect(dateFromForm(form, 'd')).toBe(value)
  })
})

describe('pages of a list', () => {
  it.each([
    [1, 1, [1]],
    [1, 3, [1, 2, 3]],
    [5, 20, [1, null, 4, 5, 6, null, 20]],
    [20, 20, [1, null, 19, 20]],
  ])('page %i of %i shows %o', (page, last, shown) => {
    expect(pagesAround(page, last)).toEqual(shown)
  })

  it('are not shown where one page holds all', () => {
    expect(String(pagination({ locale: 'de' }, { page: 1, pageSize: 25, total: 25, href: String }))).toBe('')
  })
})

describe('the frame of a page', () => {
  it('links the same page in the other language, its query included', () => {
    const german = String(layout(pageContext({ assets, path: '/leistungen?q=Hund' }), { title: 'A', main: '' }))
    expect(german).toContain('href="/en/leistungen?q=Hund"')
    const english = String(
      layout(pageContext({ assets, locale: 'en', path: '/leistungen?q=Hund' }), { title: 'A', main: '' }),
    )
    expect(english).toContain('href="/leistungen?q=Hund"')
    expect(english).toContain('<html lang="en">')
  })

  it('shows staff only what they may use', () => {
    const permissions = new Map([['accounts.manage', ['hauptamt']]])
    const clerk = String(
      layout(pageContext({ assets, path: '/workbench', account: { kind: 'staff' } }), { title: 'A', main: '' }),
    )
    const admin = String(
      layout(pageContext({ assets, path: '/workbench', account: { kind: 'staff', permissions } }), {
        title: 'A',
        main: '',
      }),
    )
    expect(clerk).not.toContain('Rollen')
    expect(admin).toContain('Rollen')
  })

  it('marks where one is', () => {
    const page = String(layout(pageContext({ assets, path: '/leistungen/hund' }), { title: 'A', main: '' }))
    expect(page).toMatch(/href="\/leistungen" aria-current="true"/)
  })

  it('says first that something is wrong', () => {
    expect(String(layout(pageContext({ assets }), { title: 'Ihr Fahrzeug', main: '', hasErrors: true }))).toContain(
      '<title>Fehler: Ihr Fahrzeug – Musterstadt am Neckar</title>',
    )
  })

  it('keeps pages of one person out of search engines', () => {
    expect(String(layout(pageContext({ assets, account: {} }), { title: 'A', main: '' }))).toContain('noindex')
    expect(String(layout(pageContext({ assets }), { title: 'A', main: '' }))).not.toContain('noindex')
  })

  it('of an error is valid, names the request and whom to ask', () => {
    const page = String(
      errorPage(pageContext({ assets }), {
        status: 404,
        title: 'Seite nicht gefunden',
        advice: 'Prüfen Sie die Adresse.',
        requestId: 'abc123',
      }),
    )
    expect(complaints(page)).toEqual([])
    expect(page).toContain('abc123')
    expect(page).toContain('07100 115-0')
  })
})

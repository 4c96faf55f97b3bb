import type { Ctx } from '#platform/context.ts'
import {
  alert,
  button,
  buttonGroup,
  card,
  cardGrid,
  form,
  pageHeading,
  radioField,
  section,
} from '#platform/html/components/index.ts'
import { entriesOf } from '#platform/html/chrome/area.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { href } from '#platform/html/href.ts'
import { layout } from '#platform/html/layout.ts'
import type { Locale } from '#platform/i18n/locale.ts'
import { texts } from '../texts/index.ts'

/** The account's first page: what can be done here, and how it stands with what other modules keep (their entries of the area). */
export async function accountPage(ctx: Ctx, o: { name: string; language: Locale; saved: boolean }): Promise<Html> {
  const t = texts(ctx)
  const a = t.account
  const own = ['/konto', '/konto/daten', '/konto/einsicht', '/konto/sicherheit', '/konto/datenschutz']
  const others = entriesOf(ctx, 'account').filter((entry) => !own.includes(entry.path))
  const matters = await Promise.all(
    others.map(async (entry) =>
      card({
        title: entry.label[ctx.locale],
        body: await entry.standing?.(ctx),
        href: href(ctx, entry.path),
        headingLevel: 3,
      }),
    ),
  )
  const mine = [
    card({ title: a.dataTitle, body: a.dataText, href: href(ctx, '/konto/daten'), headingLevel: 3 }),
    card({ title: a.readingsTitle, body: a.readingsText, href: href(ctx, '/konto/einsicht'), headingLevel: 3 }),
    card({ title: a.securityTitle, body: a.securityText, href: href(ctx, '/konto/sicherheit'), headingLevel: 3 }),
    card({ title: a.privacyTitle, body: a.privacyText, href: href(ctx, '/konto/datenschutz'), headingLevel: 3 }),
  ]
  return layout(ctx, {
    title: a.title,
    main: html`
      ${o.saved ? alert(ctx, { kind: 'success', title: t.saved, live: true }) : nothing}
      ${pageHeading({ title: a.hello(o.name), preline: a.title })}
      ${matters.length > 0 ? section({ title: a.matters }, cardGrid(matters)) : nothing}
      ${section({ title: a.mine }, cardGrid(mine))}
      ${section(
        { title: a.languageTitle },
        form(
          { action: href(ctx, '/konto/sprache') },
          radioField(ctx, {
            name: 'locale',
            label: a.language,
            value: o.language,
            horizontal: true,
            choices: [
              { value: 'de', label: a.german },
              { value: 'en', label: a.english },
            ],
          }),
          buttonGroup(button({ label: t.save, kind: 'secondary' })),
        ),
      )}`,
  })
}

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
import { html, nothing, type Html } from '#platform/html/html.ts'
import { href } from '#platform/html/href.ts'
import { layout } from '#platform/html/layout.ts'
import type { Locale } from '#platform/i18n/locale.ts'
import { texts } from '../texts/index.ts'

/** The account's first page: what can be done here, and what other modules keep for the person (their entries of the area). */
export function accountPage(ctx: Ctx, o: { name: string; language: Locale; saved: boolean }): Html {
  const t = texts(ctx)
  const a = t.account
  const own = ['/konto', '/konto/daten', '/konto/einsicht', '/konto/sicherheit', '/konto/datenschutz']
  const others = ctx.app.modules
    .flatMap((module) => module.navigation ?? [])
    .filter((entry) => entry.area === 'account' && !own.includes(entry.path))
    .toSorted((x, y) => x.order - y.order)
  const matters = others.map((entry) =>
    card({ title: entry.label[ctx.locale], href: href(ctx, entry.path), headingLevel: 3 }),
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

import type { Ctx } from '#platform/context.ts'
import { formatDate } from '#platform/i18n/format.ts'
import { alert, pageHeading, prose } from '#platform/html/components/index.ts'
import { layout } from '#platform/html/layout.ts'
import { html, type Html } from '#platform/html/html.ts'
import { texts } from '../texts/index.ts'
import type { CheckedPermit } from '../use-cases/check.ts'

/** What the QR code of a permit leads to: valid or not, zone and day; no name, no plate. */
export function checkPage(ctx: Ctx, checked: CheckedPermit): Html {
  const t = texts(ctx).check
  return layout(ctx, {
    title: t.title,
    noIndex: true,
    main: html`${pageHeading({ title: t.title })}
    ${alert(ctx, { kind: checked.valid ? 'success' : 'danger', title: title(ctx, checked), body: words(ctx, checked) })}
    ${prose(html`<p>${t.nothingMore}</p>`)}`,
  })
}

function title(ctx: Ctx, checked: CheckedPermit): string {
  const t = texts(ctx).check
  return checked.valid ? t.valid : checked.from ? t.upcoming : t.invalid
}

function words(ctx: Ctx, checked: CheckedPermit): string {
  const t = texts(ctx).check
  if (checked.valid) return t.validBody(checked.zone, formatDate(ctx, checked.lastDay))
  return checked.from ? t.upcomingBody(checked.zone, formatDate(ctx, checked.from)) : t.invalidBody
}

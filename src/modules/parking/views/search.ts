import type { Completion } from '#modules/addresses/public.ts'
import type { Ctx } from '#platform/context.ts'
import {
  alert,
  button,
  buttonGroup,
  errorSummary,
  form,
  linkButton,
  list,
  pageHeading,
  section,
  textField,
} from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { layout } from '#platform/html/layout.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { type Zone, zoneWords } from '../domain/zone.ts'
import { texts } from '../texts/index.ts'
import { RENEWAL_PATH } from '../use-cases/tell-holder.ts'
import { zoneHref } from './city-map.ts'

export interface SearchInput {
  readonly street?: string
  readonly houseNumber?: string
}

export type SearchOutcome =
  | { readonly kind: 'zone'; readonly zone: Zone }
  | { readonly kind: 'outside' }
  | { readonly kind: 'unknown'; readonly similar: readonly Completion[] }
  | null

/** Street and house number; a GET form, so that an answer can be sent on. */
export function searchForm(ctx: Ctx, input: SearchInput, errors: Readonly<Record<string, string>> = {}): Html {
  const t = texts(ctx).search
  return form(
    { action: href(ctx, '/parken/zone'), method: 'get', inline: true, label: t.title },
    textField(ctx, {
      name: 'street',
      label: t.street,
      hint: t.streetHint,
      value: input.street,
      error: errors['street'],
      autocomplete: 'off',
      width: 30,
      maxLength: 100,
    }),
    textField(ctx, {
      name: 'houseNumber',
      label: t.houseNumber,
      hint: t.houseNumberHint,
      value: input.houseNumber,
      error: errors['houseNumber'],
      autocomplete: 'off',
      width: 6,
      maxLength: 20,
    }),
    buttonGroup(button({ label: t.button, icon: 'search' })),
  )
}

export function searchPage(
  ctx: Ctx,
  o: { input: SearchInput; errors: Readonly<Record<string, string>>; outcome: SearchOutcome },
): Html {
  const t = texts(ctx).search
  return layout(ctx, {
    title: t.title,
    hasErrors: Object.keys(o.errors).length > 0,
    breadcrumbs: [{ label: texts(ctx).nav.parking, href: href(ctx, '/parken') }, { label: t.title }],
    main: html`${errorSummary(ctx, o.errors)} ${pageHeading({ title: t.title, lead: t.lead })} ${outcome(ctx, o.outcome)}
    ${searchForm(ctx, o.input, o.errors)}`,
  })
}

function outcome(ctx: Ctx, found: SearchOutcome): Html {
  const t = texts(ctx).search
  if (!found) return nothing
  if (found.kind === 'outside') return alert(ctx, { kind: 'info', title: t.outside, body: t.outsideBody, live: true })
  if (found.kind === 'unknown')
    return html`${alert(ctx, { kind: 'warning', title: t.unknown, body: t.unknownBody, live: true })}
    ${
      found.similar.length > 0
        ? section({ title: t.meant }, list([...new Set(found.similar.map((entry) => entry.street))]))
        : nothing
    }`
  const { letter, name } = found.zone
  return html`${alert(ctx, { kind: 'success', title: t.found(zoneWords(letter, name)), body: t.foundBody, live: true })}
  ${buttonGroup(
    linkButton({ label: texts(ctx).map.apply, href: href(ctx, RENEWAL_PATH), kind: 'primary' }),
    linkButton({ label: t.showZone(letter), href: zoneHref(ctx, letter) }),
  )}`
}

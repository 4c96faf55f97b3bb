import type { ServicePage } from '#modules/catalogue/public.ts'
import type { Ctx } from '#platform/context.ts'
import {
  backLink,
  button,
  card,
  cardGrid,
  descriptionList,
  emptyState,
  errorSummary,
  form,
  hiddenField,
  link,
  linkButton,
  pageHeading,
  selectField,
  textField,
} from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, type Html } from '#platform/html/html.ts'
import { layout } from '#platform/html/layout.ts'
import { spokenTicket } from '../domain/ticket.ts'
import type { Visit } from '../domain/visit.ts'
import { texts } from '../texts/index.ts'
import { serviceWords } from '../use-cases/offices.ts'
import { addressWords, servicesOf, teamFor, type Forwarded, type OtherOffice } from '../use-cases/other-offices.ts'
import { MOST_REASON } from '../use-cases/steer.ts'
import { DESK, elsewherePath } from './seats.ts'
import { STYLES, waitThere } from './words.ts'

interface Words {
  readonly services: readonly ServicePage[]
}

const frame = (ctx: Ctx, o: { title: string; errors?: Readonly<Record<string, string>>; main: Html }): Html =>
  layout(ctx, {
    title: o.title,
    styles: STYLES,
    hasErrors: Object.keys(o.errors ?? {}).length > 0,
    main: o.main,
  })

/** To which office somebody is sent on. */
export function officesPage(ctx: Ctx, visit: Visit, others: readonly OtherOffice[]): Html {
  const t = texts(ctx).desk
  const path = elsewherePath(visit.id)
  return frame(ctx, {
    title: t.elsewhere.title(spokenTicket(visit.ticket)),
    main: html`${backLink(ctx, href(ctx, DESK), t.visitBack)}
    ${pageHeading({ title: t.elsewhere.title(visit.ticket), lead: others.length === 0 ? undefined : t.elsewhere.lead })}
    ${
      others.length === 0
        ? emptyState({ title: t.elsewhere.none, body: t.elsewhere.noneBody })
        : cardGrid(
            others.map(({ office, openCounters }) =>
              card({
                title: office.name[ctx.locale],
                href: href(ctx, `${path}?an=${office.slug}`),
                body: html`${office.street} ${office.houseNumber}<br>${office.postcode} ${office.place}<br>${
                  openCounters === 0 ? t.elsewhere.noCounter : t.elsewhere.openCounters(openCounters)
                }`,
                headingLevel: 2,
              }),
            ),
          )
    }`,
  })
}

export interface OnwardView extends Words {
  readonly visit: Visit
  readonly other: OtherOffice
  readonly typed: { readonly service: string; readonly note: string }
  readonly errors: Readonly<Record<string, string>>
}

/** What it is about there, and a note. */
export function onwardPage(ctx: Ctx, view: OnwardView): Html {
  const { visit, other, typed, errors, services } = view
  const t = texts(ctx).desk
  const name = other.office.name[ctx.locale]
  const path = elsewherePath(visit.id)
  const done = new Set(servicesOf(other))
  return frame(ctx, {
    title: t.elsewhere.title(spokenTicket(visit.ticket)),
    errors,
    main: html`${backLink(ctx, href(ctx, path), t.elsewhere.other)} ${errorSummary(ctx, errors)}
    ${pageHeading({ title: t.elsewhere.to(name), preline: t.visitTitle(visit.ticket), lead: addressWords(other.office) })}
    ${form(
      { action: href(ctx, path) },
      hiddenField('office', other.office.slug),
      selectField(ctx, {
        name: 'service',
        label: t.elsewhere.service,
        value: typed.service,
        empty: teamFor(other, visit.services) ? t.elsewhere.same(serviceWords(ctx, view, visit.services)) : undefined,
        choices: services
          .filter(({ slug }) => done.has(slug))
          .map(({ slug, words }) => ({ value: slug, label: words.title })),
        ...(errors['service'] === undefined ? {} : { error: errors['service'] }),
      }),
      textField(ctx, {
        name: 'note',
        label: t.elsewhere.note,
        hint: t.elsewhere.noteHint,
        optional: true,
        value: typed.note,
        maxLength: MOST_REASON,
        autocomplete: 'off',
        ...(errors['note'] === undefined ? {} : { error: errors['note'] }),
      }),
      html`<p>${t.elsewhere.what}</p>`,
      button({ label: t.elsewhere.send }),
    )}`,
  })
}

/** What to tell the person; also on paper. */
export function sentPage(ctx: Ctx, view: Words & { readonly visit: Visit; readonly next: Forwarded }): Html {
  const { visit, next } = view
  const t = texts(ctx).desk
  const { office } = next
  return frame(ctx, {
    title: t.elsewhere.doneTitle(spokenTicket(next.ticket)),
    main: html`${pageHeading({ title: t.elsewhere.doneTitle(next.ticket), lead: t.elsewhere.doneLead })}
    ${descriptionList(ctx, [
      { label: t.elsewhere.office, value: link(href(ctx, `/dienststellen/${office.slug}`), office.name[ctx.locale]) },
      { label: t.elsewhere.address, value: addressWords(office) },
      { label: t.elsewhere.access, value: office.access[ctx.locale] },
      { label: t.facts.matter, value: serviceWords(ctx, view, next.services) },
      ...(next.minutes === null ? [] : [{ label: t.elsewhere.wait, value: waitThere(ctx, next.minutes) }]),
      { label: t.elsewhere.before, value: visit.ticket },
    ])}
    ${linkButton({ label: t.elsewhere.back, href: href(ctx, DESK), kind: 'primary' })}`,
  })
}

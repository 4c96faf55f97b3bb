import type { Ctx } from '#platform/context.ts'
import {
  buttonGroup,
  factBox,
  linkButton,
  list,
  pageHeading,
  prose,
  section,
  telephoneHref,
} from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { layout } from '#platform/html/layout.ts'
import type { Unit } from '#modules/accounts/public.ts'
import { officePath } from '../domain/office.ts'
import { topicPath, type ServicePage, type Topic } from '../domain/service.ts'
import type { OfficeNow } from '../office-now.ts'
import { texts } from '../texts/index.ts'
import { officeSummary } from './office-parts.ts'
import { STYLES, serviceLinks } from './parts.ts'
import { structuredData } from './structured-data.ts'

export interface ServiceView {
  readonly page: ServicePage
  readonly unit: Unit | null
  readonly offices: readonly OfficeNow[]
  readonly topic: Topic | null
  readonly related: readonly ServicePage[]
  /** What other modules offer for it, each with its own page. */
  readonly steps: readonly { readonly label: string; readonly path: string }[]
}

/** What it is, the facts, one button; everything else below. */
export function servicePageView(ctx: Ctx, view: ServiceView): Html {
  const t = texts(ctx)
  const { page, topic } = view
  const { words } = page
  const main = html`${pageHeading({ title: words.title, lead: words.what })}
    ${factBox(
      [
        { label: t.service.fee, value: words.fee },
        { label: t.service.duration, value: words.duration },
        { label: t.service.onlineQuestion, value: onlineAnswer(ctx, page) },
        { label: t.service.documents, value: list(words.documents) },
      ],
      { title: t.service.facts, action: nextSteps(ctx, view) },
    )}
    ${section({ title: t.service.who }, prose(html`<p>${words.who}</p>`))}
    ${office(ctx, view)}
    ${page.law.length === 0 ? nothing : section({ title: t.service.law }, germanLaw(ctx, page.law))}
    ${view.related.length === 0 ? nothing : section({ title: t.service.related }, serviceLinks(ctx, view.related, { short: true, columns: true }))}
    ${structuredData(ctx, view)}`
  return layout(ctx, {
    title: words.title,
    description: words.what,
    main,
    styles: STYLES,
    breadcrumbs: [
      { label: t.services, href: href(ctx, '/leistungen') },
      ...(topic ? [{ label: topic.title[ctx.locale], href: href(ctx, topicPath(topic.slug)) }] : []),
      { label: words.title },
    ],
  })
}

function onlineAnswer(ctx: Ctx, page: ServicePage): string {
  const t = texts(ctx).service
  return { online: t.onlineYes, post: t.onlinePost, office: t.onlineOffice }[page.channel]
}

/** The form or a time in the office first; where there is neither, a letter or the way to the office. */
function nextSteps(ctx: Ctx, view: ServiceView): Html {
  const { page, steps } = view
  if (steps.length === 0) return nextStep(ctx, view)
  const offered = steps.map(({ label, path }, i) =>
    linkButton({
      kind: page.formPath === null && i === 0 ? 'primary' : 'secondary',
      label,
      href: href(ctx, path),
      icon: 'calendar-today',
    }),
  )
  return buttonGroup(page.formPath === null ? nothing : nextStep(ctx, view), offered)
}

/** The form, a letter, or the way to the office. */
function nextStep(ctx: Ctx, { page, unit, offices }: ServiceView): Html {
  const t = texts(ctx).service
  if (page.formPath !== null)
    return linkButton({ kind: 'primary', label: t.start, href: href(ctx, page.formPath), icon: 'arrow-forward' })
  const house = offices[0]?.office
  if (page.channel === 'post' && unit?.email)
    return linkButton({ kind: 'primary', label: t.write, href: `mailto:${unit.email}`, icon: 'mail' })
  if (house)
    return linkButton({
      kind: 'primary',
      label: t.visit,
      href: href(ctx, officePath(house.slug)),
      icon: 'arrow-forward',
    })
  const { telephone } = ctx.tenant.theme.contact
  return linkButton({ kind: 'primary', label: t.call(telephone), href: telephoneHref(telephone) })
}

function office(ctx: Ctx, { unit, offices }: ServiceView): Html {
  if (!unit && offices.length === 0) return nothing
  return section(
    { title: texts(ctx).service.office, id: 'stelle' },
    unit && !namedAlike(ctx, unit, offices) ? html`<p><strong>${unit.name[ctx.locale]}</strong></p>` : nothing,
    offices.map((now) => officeSummary(ctx, now, { email: unit?.email ?? null, telephone: unit?.telephone ?? null })),
  )
}

/** A unit with a house of the same name is named once. */
const namedAlike = (ctx: Ctx, unit: Unit, offices: readonly OfficeNow[]): boolean =>
  offices.length === 1 && offices[0]!.office.name[ctx.locale] === unit.name[ctx.locale]

/** Laws have German names in both languages; screen readers are told so. */
function germanLaw(ctx: Ctx, law: readonly string[]): Html {
  return html`<ul class="kern-list kern-list--bullet rh-list"${ctx.locale === 'de' ? nothing : html` lang="de"`}>
    ${law.map((statute) => html`<li>${statute}</li>`)}
  </ul>`
}

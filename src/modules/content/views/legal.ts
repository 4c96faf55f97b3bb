import type { Ctx } from '#platform/context.ts'
import {
  card,
  cardGrid,
  descriptionList,
  link,
  list,
  linkButton,
  pageHeading,
  section,
  prose,
  table,
  telephoneLink,
} from '#platform/html/components/index.ts'
import { html, type Html } from '#platform/html/html.ts'
import { href } from '#platform/html/href.ts'
import { layout } from '#platform/html/layout.ts'
import { texts } from '../texts/index.ts'

const mail = (address: string): Html => link(`mailto:${address}`, address)

const address = (ctx: Ctx): Html => {
  const { contact } = ctx.tenant.theme
  return html`<address class="rh-footer__contact">${ctx.tenant.name}<br>${contact.street}<br>${contact.postcode} ${contact.place}</address>`
}

/** § 5 DDG, § 18 (2) MStV */
export function imprintPage(ctx: Ctx): Html {
  const t = texts(ctx).imprint
  const { contact } = ctx.tenant.theme
  return layout(ctx, {
    title: t.title,
    description: t.description(ctx.tenant.name),
    main: html`${pageHeading({ title: t.title })}
      ${prose(html`
        <h2>${t.provider}</h2>
        <p>${t.providerText(ctx.tenant.name)}</p>
        ${address(ctx)}
        <h2>${t.representedBy}</h2>
        <p>${contact.representative}</p>
        <h2>${t.reach}</h2>
        <p>${telephoneLink(contact.telephone)}<br>${mail(contact.email)}</p>
        <h2>${t.responsible}</h2>
        <p>${t.responsibleText(contact.representative)}</p>
        <p>${t.basis}</p>
        <h2>${t.software}</h2>
        <p>${t.softwareText}</p>
      `)}`,
  })
}

export function contactPage(ctx: Ctx): Html {
  const t = texts(ctx).contact
  const { contact } = ctx.tenant.theme
  return layout(ctx, {
    title: t.title,
    description: t.description(ctx.tenant.name),
    main: html`${pageHeading({ title: t.title, lead: t.lead })}
    ${descriptionList(ctx, [
      { label: t.telephone, value: telephoneLink(contact.telephone) },
      { label: t.email, value: mail(contact.email) },
      { label: t.address, value: address(ctx) },
    ])}
    ${cardGrid([
      card({ title: t.offices, href: href(ctx, '/dienststellen'), body: t.officesText, headingLevel: 2 }),
      card({ title: t.services, href: href(ctx, '/leistungen'), body: t.servicesText, headingLevel: 2 }),
      card({ title: t.barrier, href: href(ctx, '/barrierefreiheit#meldung'), body: t.barrierText, headingLevel: 2 }),
    ])}`,
  })
}

/** Articles 13 and 14 GDPR; its table comes from the retention rules of all modules. */
export function privacyPage(ctx: Ctx): Html {
  const t = texts(ctx).privacy
  const { contact } = ctx.tenant.theme
  return layout(ctx, {
    title: t.title,
    description: t.description(ctx.tenant.name),
    main: html`${pageHeading({ title: t.title, lead: t.lead })}
    ${prose(html`
      <h2>${t.controller}</h2>
      ${address(ctx)}
      <h2>${t.officer}</h2>
      <p>${t.officerText} ${mail(contact.dataProtectionEmail)}.</p>
      <h2>${t.visit}</h2>
      <p>${t.visitText}</p>
      <h2>${t.cookie}</h2>
      <p>${t.cookieText}</p>
      <h2>${t.links}</h2>
      <p>${t.linksText}</p>
      <h2>${t.push}</h2>
      <p>${t.pushText}</p>
      <h2>${t.basis}</h2>
      <p>${t.basisText}</p>
    `)}
    ${section(
      { title: t.kept, id: 'fristen' },
      prose(html`<p>${t.keptText}</p>`),
      table(ctx, {
        caption: t.caption,
        captionHidden: true,
        rows: purposes(ctx),
        columns: [
          { key: 'purpose', title: t.purpose, cell: (row) => row.purpose },
          { key: 'period', title: t.period, cell: (row) => row.period },
        ],
      }),
    )}
    ${section(
      { title: t.rights, id: 'rechte' },
      prose(html`<p>${t.rightsLead}</p>${list(t.rightsList)}<p>${t.rightsText}</p>`),
      linkButton({ label: t.toAccount, href: href(ctx, '/konto') }),
    )}
    ${section({ title: t.complaint }, prose(html`<p>${t.complaintText}</p>`))}`,
  })
}

/** Several tables serve one purpose: each pair of purpose and period is named once. */
function purposes(ctx: Ctx): { purpose: string; period: string }[] {
  const rows = ctx.app.modules
    .flatMap((module) => module.retention ?? [])
    .map((rule) => ({ purpose: rule.purpose[ctx.locale], period: rule.rule[ctx.locale] }))
  const unique = new Map(rows.map((row) => [`${row.purpose}\n${row.period}`, row]))
  return [...unique.values()].sort((a, b) => a.purpose.localeCompare(b.purpose, ctx.locale))
}

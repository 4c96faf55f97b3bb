import type { Ctx } from '../../context.ts'
import { telephoneHref } from '../components/heading.ts'
import { href } from '../href.ts'
import { html, type Html } from '../html.ts'
import { texts } from '../texts/index.ts'
import { entriesOf, type Area } from './area.ts'

/** Who we are, how to reach us, and the pages that the law asks for. */
export function footer(ctx: Ctx, area: Area): Html {
  const t = texts(ctx)
  const { contact } = ctx.tenant.theme
  const links = entriesOf(ctx, 'footer').map(
    (entry) =>
      html`<li>
        <a class="kern-link kern-link--no-visited-state" href="${href(ctx, entry.path)}">${entry.label[ctx.locale]}</a>
      </li>`,
  )
  const legal = html`<nav aria-label="${t.footerNavigation}">
    <ul class="rh-footer__links">
      ${links}
    </ul>
  </nav>`
  if (area === 'workbench')
    return html`<footer class="rh-footer rh-footer--small"><div class="rh-width">${legal}</div></footer>`
  return html`<footer class="rh-footer">
    <div class="rh-width rh-footer__row">
      <address class="rh-footer__contact">
        <strong>${ctx.tenant.name}</strong><br>
        ${contact.street}<br>
        ${contact.postcode} ${contact.place}
      </address>
      <ul class="rh-footer__reach">
        <li>
          ${t.telephone}:
          <a class="kern-link kern-link--no-visited-state" href="${telephoneHref(contact.telephone)}">${contact.telephone}</a>
        </li>
        <li>
          ${t.email}:
          <a class="kern-link kern-link--no-visited-state" href="mailto:${contact.email}">${contact.email}</a>
        </li>
      </ul>
      ${legal}
    </div>
  </footer>`
}

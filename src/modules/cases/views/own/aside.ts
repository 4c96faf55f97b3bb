import type { Ctx } from '#platform/context.ts'
import {
  button,
  copyable,
  descriptionList,
  link,
  linkButton,
  stack,
  telephoneLink,
} from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { texts } from '../../texts/index.ts'
import { isWithdrawal, stepPath, type OwnModel } from './model.ts'

/** Trust: the number, and who takes care of it with a telephone. */
export function aside(ctx: Ctx, model: OwnModel, isMine: boolean): Html {
  const t = texts(ctx)
  const { kase, unit } = model
  return stack(
    html`<h2 class="kern-heading-small">${t.own.number}</h2>`,
    copyable(ctx, kase.number, { label: t.own.number }),
    html`<h2 class="kern-heading-small">${t.own.contact}</h2>`,
    descriptionList(
      ctx,
      [
        { label: t.columns.unit, value: unit?.name[ctx.locale] ?? ctx.tenant.name },
        ...(model.clerk ? [{ label: t.own.clerk, value: model.clerk }] : []),
        ...(unit?.telephone ? [{ label: t.own.telephone, value: telephoneLink(unit.telephone) }] : []),
        ...(unit?.email ? [{ label: t.own.email, value: link(`mailto:${unit.email}`, unit.email) }] : []),
      ],
      { compact: true },
    ),
    model.offered.length > 0
      ? html`<h2 class="kern-heading-small">${t.own.otherSteps}</h2>
          ${model.offered.map((transition) =>
            linkButton({
              label: isWithdrawal(model, transition) ? t.own.withdraw : model.words.label(transition.name),
              kind: 'secondary',
              href: href(ctx, `${model.base}/${stepPath(model, transition)}`),
            }),
          )}`
      : nothing,
    isMine
      ? nothing
      : html`<form class="rh-button-form" method="post" action="${href(ctx, '/stand/abmeldung')}">
          ${button({ label: t.status.leave, kind: 'tertiary', icon: 'logout' })}
        </form>`,
  )
}

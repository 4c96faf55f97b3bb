import type { Ctx } from '#platform/context.ts'
import { formatDate } from '#platform/i18n/format.ts'
import {
  actionList,
  badge,
  card,
  cardGrid,
  descriptionList,
  emptyState,
  linkButton,
  pageHeading,
  section,
  type Tone,
} from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { layout } from '#platform/html/layout.ts'
import { html, type Html } from '#platform/html/html.ts'
import { lastDay, standingOf, type Permit, type Standing } from '../domain/permit.ts'
import { today } from '#platform/time/clock.ts'
import { zoneWords } from '../domain/zone.ts'
import { texts } from '../texts/index.ts'
import { RENEWAL_PATH } from '../use-cases/tell-holder.ts'

const TONES: Readonly<Record<Standing, Tone | 'neutral'>> = {
  reserved: 'info',
  upcoming: 'info',
  valid: 'success',
  expired: 'neutral',
  returned: 'neutral',
  replaced: 'neutral',
  lost: 'warning',
}

export function standingBadge(ctx: Ctx, permit: Permit, small = false): Html {
  const standing = standingOf(permit, today(ctx.clock))
  return badge({ kind: TONES[standing], label: texts(ctx).standing[standing], small })
}

/** `/konto/parkausweise`. */
export function permitsPage(ctx: Ctx, permits: readonly Permit[]): Html {
  const t = texts(ctx).permits
  const apply = linkButton({
    label: t.apply,
    href: href(ctx, RENEWAL_PATH),
    kind: permits.length === 0 ? 'primary' : 'secondary',
  })
  return layout(ctx, {
    title: t.title,
    main: html`${pageHeading({ title: t.title, lead: permits.length > 0 ? t.lead : undefined })}
    ${
      permits.length === 0
        ? emptyState({ title: t.empty, body: t.emptyBody, action: apply })
        : html`${cardGrid(permits.map((permit) => permitCard(ctx, permit)))}
            <p>${apply}</p>`
    }`,
  })
}

function permitCard(ctx: Ctx, permit: Permit): Html {
  const t = texts(ctx).permits
  return card({
    title: t.one(permit.plate),
    href: href(ctx, `/konto/parkausweise/${permit.id}`),
    headingLevel: 2,
    badge: standingBadge(ctx, permit, true),
    body: html`${t.zone} ${zoneWords(permit.zone, permit.zoneName)}<br>${t.until} ${formatDate(ctx, lastDay(permit))}`,
  })
}

/** What everybody who may see a permit reads of it. */
export function permitFacts(ctx: Ctx, permit: Permit): Html {
  const t = texts(ctx).permits
  return descriptionList(ctx, [
    { label: t.standing, value: standingBadge(ctx, permit) },
    { label: t.number, value: permit.number },
    { label: t.plate, value: permit.plate },
    { label: t.zone, value: zoneWords(permit.zone, permit.zoneName) },
    { label: t.from, value: formatDate(ctx, permit.from) },
    { label: t.until, value: formatDate(ctx, lastDay(permit)) },
    { label: t.holder, value: `${permit.givenName} ${permit.familyName}` },
    { label: t.address, value: `${permit.street} ${permit.houseNumber}, ${permit.postcode} ${permit.place}` },
  ])
}

/** Links to what can be done with a permit; `base` is its address. */
export function permitActions(
  ctx: Ctx,
  permit: Permit,
  base: string,
  o: { title?: string; canChange: boolean; canPrint: boolean; renew: string | null },
): Html {
  const t = texts(ctx).permits
  const to = (path: string) => href(ctx, `${base}/${path}`)
  return section(
    { title: o.title ?? t.actions, id: 'erledigen' },
    actionList([
      ...(o.canPrint
        ? [
            linkButton({
              label: t.download,
              href: to('ausweis.pdf'),
              kind: 'primary',
              icon: 'download',
              download: true,
            }),
          ]
        : []),
      ...(o.renew ? [linkButton({ label: t.renew, href: href(ctx, o.renew) })] : []),
      ...(o.canChange
        ? [
            linkButton({ label: t.changePlate, href: to('kennzeichen') }),
            linkButton({ label: t.move, href: to('umzug') }),
            linkButton({ label: t.lose, href: to('verlust') }),
            linkButton({ label: t.giveBack, href: to('rueckgabe') }),
          ]
        : []),
    ]),
    o.canChange ? '' : html`<p>${t.ended}</p>`,
  )
}

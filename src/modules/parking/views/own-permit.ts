import type { Ctx } from '#platform/context.ts'
import { alert, backLink, pageHeading } from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { layout } from '#platform/html/layout.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { today } from '#platform/time/clock.ts'
import { canChange, canRenew, type Permit } from '../domain/permit.ts'
import { texts } from '../texts/index.ts'
import { renewalPath, RENEWAL_PATH } from '../use-cases/tell-holder.ts'
import { permitActions, permitFacts } from './permits.ts'

export interface OwnPermitState {
  /** Address of the permit. */
  readonly base: string
  readonly back: { readonly path: string; readonly label: string }
  /** What was just done, from the address. */
  readonly done: string
}

/** What a permit says and what its holder can do with it. */
export function ownPermitPage(ctx: Ctx, permit: Permit, { base, back, done }: OwnPermitState): Html {
  const t = texts(ctx).permits
  const day = today(ctx.clock)
  const changeable = canChange(permit, day)
  const isMine = ctx.account !== null && permit.accountId === ctx.account.id
  const renew = canRenew(permit, day) ? (isMine ? renewalPath(permit) : RENEWAL_PATH) : null
  return layout(ctx, {
    title: t.one(permit.plate),
    noIndex: true,
    styles: ['parking-pages.css'],
    main: html`${backLink(ctx, href(ctx, back.path), back.label)} ${doneAlert(ctx, done)}
    ${pageHeading({ title: t.one(permit.plate) })} ${permitFacts(ctx, permit)}
    ${permitActions(ctx, permit, base, { canChange: changeable, canPrint: changeable && permit.number !== null, renew })}`,
  })
}

/** "Das Kennzeichen ist geändert": after a redirect from a change. */
export function doneAlert(ctx: Ctx, done: string): Html {
  const messages: Readonly<Record<string, string>> = texts(ctx).changes.done
  const title = Object.hasOwn(messages, done) ? messages[done] : undefined
  return title === undefined ? nothing : alert(ctx, { kind: 'success', title, live: true })
}

import type { Ctx } from '#platform/context.ts'
import { alert, backLink, pageHeading } from '#platform/html/components/index.ts'
import { href, layout } from '#platform/html/layout.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { today } from '#platform/time/clock.ts'
import { canChange, type Permit } from '../domain/permit.ts'
import { texts } from '../texts/index.ts'
import { renewalPath } from '../use-cases/tell-holder.ts'
import { permitActions, permitFacts } from './permits.ts'

/** `/konto/parkausweise/:id`: what it says and what can be done with it. */
export function ownPermitPage(ctx: Ctx, permit: Permit, done: string): Html {
  const t = texts(ctx).permits
  const changeable = canChange(permit, today(ctx.clock))
  const base = `/konto/parkausweise/${permit.id}`
  return layout(ctx, {
    title: t.one(permit.plate),
    styles: ['parking-pages.css'],
    main: html`${backLink(ctx, href(ctx, '/konto/parkausweise'), t.back)} ${doneAlert(ctx, done)}
    ${pageHeading({ title: t.one(permit.plate) })} ${permitFacts(ctx, permit)}
    ${permitActions(ctx, permit, base, { canChange: changeable, canPrint: changeable && permit.number !== null, renew: renewalPath(permit) })}`,
  })
}

/** "Das Kennzeichen ist geändert": after a redirect from a change. */
export function doneAlert(ctx: Ctx, done: string): Html {
  const messages: Readonly<Record<string, string>> = texts(ctx).changes.done
  const title = Object.hasOwn(messages, done) ? messages[done] : undefined
  return title === undefined ? nothing : alert(ctx, { kind: 'success', title, live: true })
}

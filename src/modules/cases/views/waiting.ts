import type { Ctx } from '#platform/context.ts'
import { alert, buttonForm, linkButton } from '#platform/html/components/index.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { href } from '#platform/html/href.ts'
import { formatTime } from '#platform/i18n/format.ts'
import type { Waiting } from '../domain/waiting.ts'
import type { CaseModel } from '../routes/load-case.ts'
import { texts } from '../texts/index.ts'
import { casePath, lines } from './case-page.ts'

/** What goes out in ten seconds, with what was written, so that a mistake is seen, and the ways to stop or hurry it. */
export function waiting(ctx: Ctx, model: CaseModel): Html {
  const { pending, kase, mayWork } = model
  if (!pending) return nothing
  const t = texts(ctx).decide
  const fields = { pending: pending.id }
  const at = (step: string) => href(ctx, casePath(kase.number, step))
  const isOwn = pending.accountId === ctx.account?.id
  return html`<cases-undo data-until="${pending.runAt.toString()}" data-seconds="${t.seconds}">
    ${alert(ctx, {
      kind: 'warning',
      title: titleOf(ctx, model, pending.what),
      live: true,
      body: html`<p>${t.waitingBody(formatTime(ctx, pending.runAt))}</p>
        ${written(pending.what)}
        <div class="rh-buttons">
          ${mayWork ? buttonForm({ label: t.undo, kind: 'primary', action: at('/ruecknahme'), fields }) : nothing}
          ${
            mayWork && isOwn
              ? buttonForm({ label: t.now, kind: 'tertiary', action: at('/ohne-warten'), fields })
              : linkButton({ label: t.reload, kind: 'tertiary', href: at('') })
          }
        </div>`,
    })}
    <div hidden>
      ${alert(ctx, {
        kind: 'info',
        title: t.over,
        body: html`<p>${t.overBody}</p>
          <div class="rh-buttons">${linkButton({ label: t.reload, kind: 'secondary', href: at('') })}</div>`,
      })}
    </div>
  </cases-undo>`
}

function titleOf(ctx: Ctx, { words }: CaseModel, what: Waiting): string {
  const t = texts(ctx).decide.waitingTitle
  switch (what.kind) {
    case 'decision':
      return t.decision(words.label(what.transition))
    case 'message':
      return t.message
    case 'letter':
      return t.letter
    case 'statement':
      return t.statement(what.organisation)
  }
}

function written(what: Waiting): Html {
  switch (what.kind) {
    case 'decision':
      return nothing
    case 'message':
      return html`<blockquote>${lines(what.body)}</blockquote>`
    case 'letter':
      return html`<blockquote><p><strong>${what.subject}</strong></p>${lines(what.text)}</blockquote>`
    case 'statement':
      return html`<blockquote>${lines(what.question)}</blockquote>`
  }
}

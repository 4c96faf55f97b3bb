import type { Ctx } from '#platform/context.ts'
import { alert, link, list } from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { readCaseNumber } from '../../domain/case-number.ts'
import { texts } from '../../texts/index.ts'
import { casePath } from '../case-page.ts'
import { said } from '../said.ts'

/** Most cases that one bulk action changes: a page. */
export const MOST_AT_ONCE = 200

/** Most cases that are named where a bulk action left some as they were; the others are counted. */
export const MOST_NAMED = 20

/** The list after something was changed: its filter, and what came of it. */
export const backTo = (query: string, more: string): string => `/workbench?${[query, more].filter(Boolean).join('&')}`

/** What the list says above itself. */
export function messageOf(ctx: Ctx, query: Readonly<Record<string, unknown>>): Html {
  const t = texts(ctx)
  const { done } = query
  if (done === 'view' || done === 'viewRenamed' || done === 'viewRemoved') return said(ctx, t.done[done])
  const changed = Number(query['changed'])
  const left = Number(query['left'])
  if (!Number.isInteger(changed) || changed < 0 || changed > MOST_AT_ONCE || query['changed'] === undefined)
    return nothing
  if (left > 0 && left <= MOST_AT_ONCE) {
    const body = html`<p>${t.bulk.left(left)}</p>${list(leftAlone(ctx, query['not']))}`
    return alert(ctx, { kind: 'warning', title: t.bulk.done(changed), body, live: true })
  }
  return said(ctx, t.bulk.done(changed))
}

/** Which cases a bulk action left as they were, and why. From the address, so anything may stand there. */
function leftAlone(ctx: Ctx, named: unknown): Html[] {
  const words = texts(ctx).bulk.why
  return [named]
    .flat()
    .slice(0, MOST_NAMED)
    .flatMap((one) => {
      const [typed = '', problem = ''] = typeof one === 'string' ? one.split('.') : []
      const read = readCaseNumber(typed)
      if (!read.ok) return []
      const why = Object.hasOwn(words, problem) ? words[problem as keyof typeof words] : words.other
      return [html`${link(href(ctx, casePath(read.number)), read.number)}: ${why}`]
    })
}

import type { Ctx } from '#platform/context.ts'
import { alert } from '#platform/html/components/index.ts'
import type { Html } from '#platform/html/html.ts'

/** What has just happened, above a list or a case. */
export const said = (ctx: Ctx, title: string, body?: string): Html =>
  alert(ctx, { kind: 'success', title, body, live: true })

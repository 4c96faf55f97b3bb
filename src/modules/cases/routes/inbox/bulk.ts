import type { Ctx } from '#platform/context.ts'
import { redirect } from '#platform/http/reply.ts'
import { action, staff, type FormFields, type Route } from '#platform/http/route.ts'
import { errorForLog } from '#platform/log.ts'
import { fail, type Result } from '#platform/problem.ts'
import { today } from '#platform/time/clock.ts'
import { readFollowUp } from '../../domain/follow-up.ts'
import { inboxQuery, readInboxFilter } from '../../domain/inbox.ts'
import { visibleAmong } from '../../store/inbox.ts'
import { texts } from '../../texts/index.ts'
import { followUp, handOver, takeCase, WORK } from '../../use-cases/work.ts'
import { backTo, MOST_AT_ONCE, MOST_NAMED } from '../../views/inbox/done.ts'
import { refused } from './show.ts'

export const bulkRoutes: readonly Route[] = [
  action({
    path: '/workbench/uebernahmen',
    access: staff(WORK),
    handle: (ctx, req) => bulk(ctx, req.form, (id, revision) => takeCase(ctx, id, revision)),
  }),

  action({
    path: '/workbench/uebergaben',
    access: staff(WORK),
    handle: (ctx, req) => {
      const to = req.form.get('to')
      if (to === '') return refused(ctx, req.form, texts(ctx).bulk.noColleague)
      return bulk(ctx, req.form, (id, revision) => handOver(ctx, id, revision, { to: to === 'nobody' ? null : to }))
    },
  }),

  action({
    path: '/workbench/wiedervorlagen',
    access: staff(WORK),
    handle: (ctx, req) => {
      const read = readFollowUp(req.form.get('on'), today(ctx.clock))
      if (!read.ok) return refused(ctx, req.form, texts(ctx).bulk[read.problem])
      return bulk(ctx, req.form, (id, revision) => followUp(ctx, id, revision, read.on))
    },
  }),
]

/** A chosen row: the case and the revision that its line showed. */
function rowOf(value: string): [id: string, revision: number] {
  const [id = '', revision = ''] = value.split('.')
  return [id, Number(revision) || 0]
}

/** Does something to every chosen case that the clerk may see, each in a transaction of its own, and says what came of it. */
async function bulk(ctx: Ctx, form: FormFields, change: (id: string, revision: number) => Promise<Result<null>>) {
  const chosen = new Map(form.all('case').slice(0, MOST_AT_ONCE).map(rowOf))
  if (chosen.size === 0) return refused(ctx, form, texts(ctx).bulk.nothing)
  const cases = await visibleAmong(ctx, [...chosen.keys()])
  const left: string[] = []
  for (const { id, number } of cases) {
    const result = await change(id, chosen.get(id) ?? 0).catch((error: unknown) => {
      ctx.log.error({ error: errorForLog(error), case: id }, 'bulk action failed')
      return fail('internal-error')
    })
    if (!result.ok) left.push(`not=${number}.${result.problem}`)
  }
  const changed = cases.length - left.length
  const query = inboxQuery(readInboxFilter(Object.fromEntries(new URLSearchParams(form.get('back')))))
  const counts = `changed=${changed}&left=${chosen.size - changed}`
  return redirect(backTo(query, [counts, ...left.slice(0, MOST_NAMED)].join('&')))
}

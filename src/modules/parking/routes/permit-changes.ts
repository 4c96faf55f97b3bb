import { Type } from 'typebox'
import type { Ctx } from '#platform/context.ts'
import { fileReplyOf } from '#platform/files/reply.ts'
import { htmlPage, problem, redirect, type Reply } from '#platform/http/reply.ts'
import { action, page, type Access, type Examples, type Route } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { today } from '#platform/time/clock.ts'
import { canChange, type Permit } from '../domain/permit.ts'
import { texts } from '../texts/index.ts'
import { changePlate, movePermit, reportLoss, type Changed } from '../use-cases/changes.ts'
import { documentOf } from '../use-cases/document.ts'
import { refundShare, returnPermit } from '../use-cases/return.ts'
import { lossPage, moveForm, plateForm, returnPage } from '../views/changes.ts'
import type { Html } from '#platform/html/html.ts'

/** Whose permits, under which address, and who may. */
export interface PermitRoom {
  /** `/konto/parkausweise` */
  readonly path: string
  readonly access: Access
  /** null for permits that whoever asks may not see. */
  readonly find: (ctx: Ctx, id: string) => Promise<Permit | null>
  /** Ids for the tests that visit every page. */
  readonly examples: (ctx: Ctx) => Promise<readonly string[]>
}

const params = Type.Object({ id: Type.String({ maxLength: 40 }) })
type Errors = Readonly<Record<string, string>>

/** Change of plate, move, loss, return and the printed permit: the same for holders and for staff who act for them. */
export function permitChangeRoutes(room: PermitRoom): Route[] {
  const base = (permit: Permit) => `${room.path}/${permit.id}`
  const examplesOf =
    (path: string): Examples =>
    async (ctx) =>
      (await room.examples(ctx)).slice(0, 1).map((id) => `${room.path}/${id}/${path}`)
  /** Finds the permit; what has ended leads to its page, which says so. */
  const withPermit = async (ctx: Ctx, id: string, then: (permit: Permit) => Promise<Reply>): Promise<Reply> => {
    const permit = await room.find(ctx, id)
    if (!permit) return problem(fail('not-found'))
    return canChange(permit, today(ctx.clock)) ? then(permit) : redirect(base(permit))
  }
  const readPage = (path: string, view: (ctx: Ctx, permit: Permit) => Promise<Html> | Html) =>
    page({
      path: `${room.path}/:id/${path}`,
      access: room.access,
      params,
      examples: examplesOf(path),
      handle: (ctx, req) => withPermit(ctx, req.params.id, async (permit) => htmlPage(await view(ctx, permit))),
    })

  return [
    readPage('kennzeichen', (ctx, permit) => plateForm(ctx, permit, base(permit), '', {})),
    action({
      path: `${room.path}/:id/kennzeichen`,
      access: room.access,
      params,
      handle: (ctx, req) =>
        withPermit(ctx, req.params.id, async (permit) => {
          const typed = req.form.get('plate')
          const view = (errors: Errors) => plateForm(ctx, permit, base(permit), typed, errors)
          return answer(ctx, room, await changePlate(ctx, permit, typed), 'plate', view)
        }),
    }),
    readPage('umzug', (ctx, permit) => moveForm(ctx, permit, base(permit), { street: '', houseNumber: '' }, {})),
    action({
      path: `${room.path}/:id/umzug`,
      access: room.access,
      params,
      handle: (ctx, req) =>
        withPermit(ctx, req.params.id, async (permit) => {
          const typed = { street: req.form.get('street'), houseNumber: req.form.get('houseNumber') }
          const view = (errors: Errors) => moveForm(ctx, permit, base(permit), typed, errors)
          const moved = await movePermit(ctx, permit, typed)
          return answer(ctx, room, moved, moved.ok && moved.value.id === permit.id ? 'address' : 'moved', view)
        }),
    }),
    readPage('verlust', (ctx, permit) => lossPage(ctx, permit, base(permit))),
    action({
      path: `${room.path}/:id/verlust`,
      access: room.access,
      params,
      handle: (ctx, req) =>
        withPermit(ctx, req.params.id, async (permit) =>
          answer(ctx, room, await reportLoss(ctx, permit), 'lost', () => lossPage(ctx, permit, base(permit))),
        ),
    }),
    readPage('rueckgabe', async (ctx, permit) => returnPage(ctx, permit, base(permit), await refundShare(ctx, permit))),
    action({
      path: `${room.path}/:id/rueckgabe`,
      access: room.access,
      params,
      handle: (ctx, req) =>
        withPermit(ctx, req.params.id, async (permit) => {
          const returned = await returnPermit(ctx, permit)
          return returned.ok ? redirect(`${base(permit)}?erledigt=returned`) : problem(returned)
        }),
    }),
    page({
      path: `${room.path}/:id/ausweis.pdf`,
      access: room.access,
      params,
      examples: () => [],
      handle: async (ctx, req) => {
        const permit = await room.find(ctx, req.params.id)
        if (!permit?.number || !canChange(permit, today(ctx.clock))) return problem(fail('not-found'))
        return fileReplyOf(ctx, await documentOf(ctx, permit))
      },
    }),
  ]
}

/** After a change: the page of the permit that holds now; with errors: the form again, as it was typed. */
function answer(
  ctx: Ctx,
  room: PermitRoom,
  changed: Changed,
  done: 'plate' | 'moved' | 'address' | 'lost',
  view: (errors: Errors) => Html,
): Reply {
  if (changed.ok) return redirect(`${room.path}/${changed.value.id}?erledigt=${done}`)
  const t = texts(ctx).changes
  if (changed.problem === 'invalid-input') return htmlPage(view(changed.fields ?? {}), { status: 422 })
  if (changed.problem === 'permit-taken') return htmlPage(view({ plate: t.plateTaken }), { status: 422 })
  if (changed.problem === 'unavailable') return htmlPage(view({ '': t.unavailable }), { status: 503 })
  return problem(changed)
}

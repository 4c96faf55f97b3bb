import { Type } from '#platform/schema.ts'
import type { Ctx } from '#platform/context.ts'
import { NOTHING_KEPT } from '#platform/files/files.ts'
import { fileReplyOf } from '#platform/files/reply.ts'
import { htmlPage, problem, redirect, type Reply } from '#platform/http/reply.ts'
import { action, page, type Access, type Req, type Route } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { today } from '#platform/time/clock.ts'
import { CERTIFICATE } from '../domain/certificate.ts'
import { canChange, type Permit } from '../domain/permit.ts'
import { certificatesAmong } from '../store/certificates.ts'
import { texts } from '../texts/index.ts'
import { changePlate, movePermit, reportLoss, type Changed } from '../use-cases/changes.ts'
import { documentOf } from '../use-cases/document.ts'
import { refundShare, returnPermit } from '../use-cases/return.ts'
import { lossPage, moveForm, plateForm, returnPage } from '../views/changes.ts'
import type { Html } from '#platform/html/html.ts'

/** Whose permits, under which address, and who may. */
export interface PermitRoom {
  /** `/konto/parkausweise`, or `/stand/:number/parkausweise`. */
  readonly path: string
  readonly access: Access
  /** null for permits that whoever asks may not see. */
  readonly find: (ctx: Ctx, req: PermitReq) => Promise<Permit | null>
  /** Where somebody is sent who finds none. */
  readonly otherwise: (ctx: Ctx, req: PermitReq) => Promise<Reply> | Reply
  /** Staff see the registration certificate at their desk; holders have to send it. */
  readonly seesPapers?: boolean
  /** Addresses of permits for the tests that visit every page, each with what comes behind. */
  readonly examples: (ctx: Ctx, behind: string) => Promise<readonly string[]>
}

export type PermitReq = Req<any, any, any>

/** A case number, where the room's path has one, and the permit's id. */
export const permitParams = Type.Object({
  number: Type.Optional(Type.String({ maxLength: 64 })),
  id: Type.String({ maxLength: 40 }),
})
type Errors = Readonly<Record<string, string>>

export const roomOf = (room: PermitRoom, req: PermitReq): string => room.path.replace(':number', req.params.number)

/** Change of plate, move, loss, return and the printed permit: the same for holders and for staff who act for them. */
export function permitChangeRoutes(room: PermitRoom): Route[] {
  type Then = (permit: Permit, base: string) => Promise<Reply>
  /** Finds the permit; what has ended leads to its page, which says so. */
  const withPermit = async (ctx: Ctx, req: PermitReq, then: Then): Promise<Reply> => {
    const permit = await room.find(ctx, req)
    if (!permit) return room.otherwise(ctx, req)
    const base = `${roomOf(room, req)}/${permit.id}`
    return canChange(permit, today(ctx.clock)) ? then(permit, base) : redirect(base)
  }
  const { seesPapers = false } = room
  const common = { access: room.access, params: permitParams }
  const readPage = (path: string, view: (ctx: Ctx, permit: Permit, base: string) => Promise<Html> | Html) =>
    page({
      ...common,
      path: `${room.path}/:id/${path}`,
      examples: (ctx) => room.examples(ctx, `/${path}`),
      handle: (ctx, req) => withPermit(ctx, req, async (permit, base) => htmlPage(await view(ctx, permit, base))),
    })
  const change = (
    path: string,
    make: (ctx: Ctx, req: PermitReq, permit: Permit, base: string) => Promise<Reply>,
    uploads?: Route['uploads'],
  ) =>
    action({
      ...common,
      uploads,
      path: `${room.path}/:id/${path}`,
      handle: (ctx, req) => withPermit(ctx, req, (permit, base) => make(ctx, req, permit, base)),
    })

  return [
    readPage('kennzeichen', (ctx, permit, base) =>
      plateForm(ctx, permit, base, { plate: '', certificates: [], seesPapers }, {}),
    ),
    change(
      'kennzeichen',
      async (ctx, req, permit, base) => {
        const uploads = req.uploads['certificate'] ?? []
        const sent = uploads.flatMap((upload) => (upload.ok ? upload.file.id : []))
        const certificates = await certificatesAmong(ctx, [...sent, ...req.form.all('uploaded')])
        const plate = req.form.get('plate')
        const view = (errors: Errors) => plateForm(ctx, permit, base, { plate, certificates, seesPapers }, errors)
        const refused = uploads.find((upload) => !upload.ok)
        if (refused && !refused.ok)
          return htmlPage(view({ certificate: texts(ctx).changes.upload[refused.problem] }), { status: 422 })
        const shown = seesPapers && certificates.length === 0 ? 'seen' : certificates
        return answer(ctx, roomOf(room, req), await changePlate(ctx, permit, plate, shown), 'plate', view)
      },
      async (ctx, req: PermitReq, field) =>
        field !== 'certificate' ? null : (await room.find(ctx, req)) ? CERTIFICATE : NOTHING_KEPT,
    ),
    readPage('umzug', (ctx, permit, base) => moveForm(ctx, permit, base, { street: '', houseNumber: '' }, {})),
    change('umzug', async (ctx, req, permit, base) => {
      const typed = { street: req.form.get('street'), houseNumber: req.form.get('houseNumber') }
      const view = (errors: Errors) => moveForm(ctx, permit, base, typed, errors)
      const moved = await movePermit(ctx, permit, typed)
      const done = moved.ok && moved.value.id === permit.id ? 'address' : 'moved'
      return answer(ctx, roomOf(room, req), moved, done, view)
    }),
    readPage('verlust', (ctx, permit, base) => lossPage(ctx, permit, base)),
    change('verlust', async (ctx, req, permit, base) =>
      answer(ctx, roomOf(room, req), await reportLoss(ctx, permit), 'lost', () => lossPage(ctx, permit, base)),
    ),
    readPage('rueckgabe', async (ctx, permit, base) => returnPage(ctx, permit, base, await refundShare(ctx, permit))),
    change('rueckgabe', async (ctx, _req, permit, base) => {
      const returned = await returnPermit(ctx, permit)
      return returned.ok ? redirect(`${base}?erledigt=returned`) : problem(returned)
    }),
    page({
      ...common,
      path: `${room.path}/:id/ausweis.pdf`,
      examples: () => [],
      handle: async (ctx, req) => {
        const permit = await room.find(ctx, req)
        if (!permit?.number || !canChange(permit, today(ctx.clock))) return problem(fail('not-found'))
        return fileReplyOf(ctx, await documentOf(ctx, permit))
      },
    }),
  ]
}

/** After a change: the page of the permit that holds now; with errors: the form again, as it was typed. */
function answer(
  ctx: Ctx,
  room: string,
  changed: Changed,
  done: 'plate' | 'moved' | 'address' | 'lost',
  view: (errors: Errors) => Html,
): Reply {
  if (changed.ok) return redirect(`${room}/${changed.value.id}?erledigt=${done}`)
  const t = texts(ctx).changes
  if (changed.problem === 'invalid-input') return htmlPage(view(changed.fields ?? {}), { status: 422 })
  if (changed.problem === 'permit-taken') return htmlPage(view({ plate: t.plateTaken }), { status: 422 })
  if (changed.problem === 'unavailable') return htmlPage(view({ '': t.unavailable }), { status: 503 })
  return problem(changed)
}

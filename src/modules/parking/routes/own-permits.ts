import { Type } from '#platform/schema.ts'
import { caseById, codeDoor, demoAccessCode } from '#modules/cases/public.ts'
import { htmlPage, problem } from '#platform/http/reply.ts'
import { page, signedIn, type Route } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { exampleWithoutAccount, ownPermit, permitBehindCase, permitsOfAccount } from '../store/permits.ts'
import { ownPermitPage } from '../views/own-permit.ts'
import { permitsPage } from '../views/permits.ts'
import { texts } from '../texts/index.ts'
import { permitChangeRoutes, permitParams, roomOf, type PermitReq, type PermitRoom } from './permit-changes.ts'

const ofAccount: PermitRoom = {
  path: '/konto/parkausweise',
  access: signedIn,
  find: (ctx, req) => ownPermit(ctx, req.params.id),
  otherwise: () => problem(fail('not-found')),
  examples: async (ctx, behind) =>
    (ctx.account ? await permitsOfAccount(ctx, ctx.account.id) : [])
      .slice(0, 1)
      .map(({ id }) => `/konto/parkausweise/${id}${behind}`),
}

/** Without an account, number and code of the application open the permit as they open the application. */
const byCode: PermitRoom = {
  path: '/stand/:number/parkausweise',
  access: codeDoor.access,
  find: async (ctx, req) => {
    const kase = await codeDoor.find(ctx, req)
    return kase && permitBehindCase(ctx, kase.id, req.params.id)
  },
  otherwise: codeDoor.otherwise,
  examples: async (ctx, behind) => {
    const permit = await exampleWithoutAccount(ctx)
    const kase = permit?.caseId ? await caseById(ctx, permit.caseId) : null
    return kase ? [`/stand/${kase.number}/parkausweise/${permit!.id}${behind}?code=${demoAccessCode(kase.id)}`] : []
  },
}

/** One permit behind a door, and what its holder can do with it. */
const permitRoutes = (
  room: PermitRoom,
  back: (req: PermitReq) => { readonly path: string; readonly label: string | null },
): Route[] => [
  page({
    path: `${room.path}/:id`,
    access: room.access,
    params: permitParams,
    query: Type.Object({
      erledigt: Type.Optional(Type.String({ maxLength: 20 })),
      code: Type.Optional(Type.String({ maxLength: 64 })),
    }),
    examples: (ctx) => room.examples(ctx, ''),
    handle: async (ctx, req) => {
      const permit = await room.find(ctx, req)
      if (!permit) return room.otherwise(ctx, req)
      const { path, label } = back(req)
      const done = req.query.erledigt ?? ''
      return htmlPage(
        ownPermitPage(ctx, permit, {
          done,
          base: `${roomOf(room, req)}/${permit.id}`,
          back: { path, label: label ?? texts(ctx).permits.back },
        }),
      )
    },
  }),
  ...permitChangeRoutes(room),
]

export const ownPermitRoutes = [
  page({
    path: ofAccount.path,
    access: ofAccount.access,
    handle: async (ctx) => htmlPage(permitsPage(ctx, await permitsOfAccount(ctx, ctx.account!.id))),
  }),
  ...permitRoutes(ofAccount, () => ({ path: ofAccount.path, label: null })),
  ...permitRoutes(byCode, ({ params }) => ({ path: `/stand/${params.number}`, label: params.number })),
]

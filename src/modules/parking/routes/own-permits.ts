import { Type } from 'typebox'
import { htmlPage, problem } from '#platform/http/reply.ts'
import { page, signedIn } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { ownPermit, permitsOfAccount } from '../store/permits.ts'
import { ownPermitPage } from '../views/own-permit.ts'
import { permitsPage } from '../views/permits.ts'
import { permitChangeRoutes, type PermitRoom } from './permit-changes.ts'

const room: PermitRoom = {
  path: '/konto/parkausweise',
  access: signedIn,
  find: ownPermit,
  examples: async (ctx) =>
    ctx.account ? (await permitsOfAccount(ctx, ctx.account.id)).map((permit) => permit.id) : [],
}

export const ownPermitRoutes = [
  page({
    path: room.path,
    access: room.access,
    handle: async (ctx) => htmlPage(permitsPage(ctx, await permitsOfAccount(ctx, ctx.account!.id))),
  }),
  page({
    path: `${room.path}/:id`,
    access: room.access,
    params: Type.Object({ id: Type.String({ maxLength: 40 }) }),
    query: Type.Object({ erledigt: Type.Optional(Type.String({ maxLength: 20 })) }),
    examples: async (ctx) => (await room.examples(ctx)).slice(0, 1).map((id) => `${room.path}/${id}`),
    handle: async (ctx, req) => {
      const permit = await ownPermit(ctx, req.params.id)
      return permit ? htmlPage(ownPermitPage(ctx, permit, req.query.erledigt ?? '')) : problem(fail('not-found'))
    },
  }),
  ...permitChangeRoutes(room),
]

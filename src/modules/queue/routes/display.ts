import { deviceOf, onDevice } from '#modules/devices/public.ts'
import { htmlPage, liveReply, problem, redirect } from '#platform/http/reply.ts'
import { everybody, live, page, type Route } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { Type } from '#platform/schema.ts'
import { teamsOf } from '#modules/appointments/public.ts'
import type { Ctx } from '#platform/context.ts'
import type { Room } from '../domain/room.ts'
import { watchRoom } from '../live.ts'
import { houseOf, officesFor } from '../use-cases/offices.ts'
import { readRoom } from '../use-cases/room.ts'
import { displayBoard, displayPage } from '../views/display.ts'

export const officeParams = Type.Object({ office: Type.String({ maxLength: 80 }) })

/** The first offices of the city that see people. */
export const exampleOffices = async (ctx: Ctx): Promise<string[]> =>
  [...new Set((await teamsOf(ctx)).map(({ office }) => office))].slice(0, 2)

export const displayRoutes: readonly Route[] = [
  page({
    path: '/aufruf',
    access: onDevice(['display'], 'queue.call'),
    handle: async (ctx) => {
      const office = deviceOf(ctx)?.office ?? (await officesFor(ctx, 'queue.call'))[0]?.slug
      return office === undefined ? problem(fail('not-found')) : redirect(`/aufruf/${office}`)
    },
  }),
  page({
    path: '/aufruf/:office',
    access: everybody,
    params: officeParams,
    examples: async (ctx) => (await exampleOffices(ctx)).map((office) => `/aufruf/${office}`),
    handle: async (ctx, req) => {
      const house = await houseOf(ctx, req.params.office)
      if (!house) return problem(fail('not-found'))
      return htmlPage(displayPage(ctx, house, await readRoom(ctx, house.office.slug)))
    },
  }),
  live({
    path: '/aufruf/:office/live',
    access: everybody,
    params: officeParams,
    handle: async (ctx, req) => {
      const house = await houseOf(ctx, req.params.office)
      if (!house) return problem(fail('not-found'))
      return liveReply((show) => watchRoom(ctx, house.office.slug, (room) => show(boardOf(ctx, room))))
    },
  }),
]

const boards = new WeakMap<Room, Map<string, string>>()

/** The same for all screens of an office in one language and one minute: put into words once. */
function boardOf(ctx: Ctx, room: Room): string {
  let ofRoom = boards.get(room)
  if (!ofRoom) boards.set(room, (ofRoom = new Map()))
  const key = `${ctx.locale} ${Math.floor(ctx.clock.now().epochMilliseconds / 5_000)}`
  let board = ofRoom.get(key)
  if (board === undefined) ofRoom.set(key, (board = String(displayBoard(ctx, room))))
  return board
}

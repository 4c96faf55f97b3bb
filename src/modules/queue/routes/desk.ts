import type { Ctx } from '#platform/context.ts'
import { isId, queryText } from '#platform/http/query.ts'
import { htmlPage, liveReply, problem, redirect, type Reply } from '#platform/http/reply.ts'
import { action, live, page, staff, type Req, type Route } from '#platform/http/route.ts'
import { fail, ok, type Failure, type Result } from '#platform/problem.ts'
import { today } from '#platform/time/clock.ts'
import type { Room } from '../domain/room.ts'
import { watchRoom } from '../live.ts'
import { saidOf } from '../problems.ts'
import { visitOfDay } from '../store/visits.ts'
import { arriveExpected } from '../use-cases/arrive.ts'
import { begin, callNext, callVisit, finish, notThere, parkVisit, recall, resume, takeBack } from '../use-cases/call.ts'
import { deskOf, seatsFor } from '../use-cases/desk.ts'
import { giveNumbers } from '../use-cases/numbers.ts'
import { leaveSeat, openSeat, takeSeat } from '../use-cases/seat.ts'
import { putBack } from '../use-cases/steer.ts'
import { deskBoard, deskPage } from '../views/desk.ts'
import { DESK, seatsPage } from '../views/seats.ts'

export const CALL = 'queue.call'
export const mayCall = staff(CALL)

export const deskRoutes: readonly Route[] = [
  page({ path: DESK, access: mayCall, handle: (ctx, req) => deskReply(ctx, null, queryText(req, 'zuletzt')) }),
  live({
    path: `${DESK}/live`,
    access: mayCall,
    handle: async (ctx) => {
      const desk = await deskOf(ctx)
      if (!desk) return problem(fail('no-counter'))
      const { house } = desk
      let last: Room | null = null
      return liveReply((show) =>
        watchRoom(ctx, house.office.slug, (room) => {
          last = room
          void deskOf(ctx, { house, room })
            // What was read before the last change comes too late.
            .then((now) => now && room === last && show(String(deskBoard(ctx, now))))
            .catch((error: unknown) => ctx.log.debug({ error: String(error) }, 'a desk could not be shown'))
        }),
      )
    },
  }),
  action({
    path: `${DESK}/platz`,
    access: mayCall,
    handle: async (ctx, { form }) => {
      const counter = form.get('counter')
      const sat = counter === '' ? await seatAction(form.get('was'))?.(ctx) : await takeSeat(ctx, counter)
      return answer(ctx, sat ?? fail('bad-request'))
    },
  }),
  action({
    path: `${DESK}/besuch`,
    access: mayCall,
    perMinute: 240,
    handle: async (ctx, { form }) => {
      const does = Object.hasOwn(VISIT, form.get('was')) ? VISIT[form.get('was')]! : null
      const visit = form.get('besuch')
      return answer(ctx, does ? await does(ctx, visit) : fail('bad-request'), visit)
    },
  }),
  action({
    path: `${DESK}/nummern`,
    access: mayCall,
    handle: async (ctx, { form }) => {
      const desk = await deskOf(ctx)
      return answer(
        ctx,
        desk ? await giveNumbers(ctx, desk.house.office.slug, form.get('was') !== 'keine') : fail('no-counter'),
      )
    },
  }),
  action({
    path: `${DESK}/ankunft`,
    access: mayCall,
    handle: async (ctx, { form }) => answer(ctx, await arrived(ctx, form)),
  }),
]

const SEAT: Readonly<Record<string, (ctx: Ctx) => Promise<Result<unknown>>>> = {
  pause: (ctx) => openSeat(ctx, false),
  oeffnen: (ctx) => openSeat(ctx, true),
  verlassen: leaveSeat,
}

/** What a button of the desk says, for the visit that the clerk saw. */
const VISIT: Readonly<Record<string, (ctx: Ctx, visit: string) => Promise<Result<unknown>>>> = {
  weiter: (ctx, visit) => callNext(ctx, visit || null),
  rufen: callVisit,
  da: begin,
  nochmal: recall,
  'nicht-da': notThere,
  fertig: finish,
  wieder: resume,
  parken: parkVisit,
  zurueck: takeBack,
  einreihen: putBack,
}

async function arrived(ctx: Ctx, form: Req['form']): Promise<Result<unknown>> {
  const desk = await deskOf(ctx)
  if (!desk) return fail('no-counter')
  const came = await arriveExpected(ctx, { office: desk.house.office.slug, booking: form.get('booking') })
  return came.ok ? ok(null) : came
}

/**
 * Back to the desk, which says what went wrong where the clerk is looking, or what became of somebody.
 * @param visit of whom it says that
 */
export async function answer(ctx: Ctx, result: Result<unknown>, visit = ''): Promise<Reply> {
  if (!result.ok) return deskReply(ctx, result)
  return redirect(isId(visit) ? `${DESK}?zuletzt=${visit}` : DESK)
}

async function deskReply(ctx: Ctx, refused: Failure | null, last = ''): Promise<Reply> {
  const said = refused && saidOf(ctx, refused)
  if (refused && !said) return problem(refused)
  const desk = await deskOf(ctx)
  const visit = desk && (await visitOfDay(ctx, last, today(ctx.clock)))
  const about = visit?.office === desk?.house.office.slug ? visit : null
  const html = desk ? deskPage(ctx, desk, { said, about }) : seatsPage(ctx, await seatsFor(ctx), said)
  return htmlPage(html, { status: said?.status ?? 200 })
}

const seatAction = (name: string) => (Object.hasOwn(SEAT, name) ? SEAT[name] : undefined)

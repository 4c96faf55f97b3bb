import { deviceOf, onDevice } from '#modules/devices/public.ts'
import type { Ctx } from '#platform/context.ts'
import { qrCodeSvg } from '#platform/html/qr-code.ts'
import { href } from '#platform/html/href.ts'
import { queryChoice } from '#platform/http/query.ts'
import { htmlPage, problem, redirect, type Reply } from '#platform/http/reply.ts'
import { action, page, type Req, type Route } from '#platform/http/route.ts'
import { fail, type Failure, type Result } from '#platform/problem.ts'
import { Type } from '#platform/schema.ts'
import { saidOf } from '../problems.ts'
import { exampleTicket } from '../store/examples.ts'
import { texts } from '../texts/index.ts'
import { ARRIVALS, arriveWithCode, drawTicket, type Arrived } from '../use-cases/arrive.ts'
import { houseOf, mayIn, officesFor, type House } from '../use-cases/offices.ts'
import { shownTicket } from '../use-cases/own-ticket.ts'
import { readRoom } from '../use-cases/room.ts'
import { walkInsOf } from '../use-cases/walk-ins.ts'
import { kioskGonePage, kioskPage, kioskPath, PEOPLE, SEVERAL, type Several } from '../views/kiosk.ts'
import { kioskTicketPage } from '../views/kiosk-ticket.ts'
import { exampleOffices, officeParams } from './display.ts'

/** A number that somebody left on the terminal is nobody else's. */
const SHOWN_MINUTES = 2

export const ARRIVE = 'queue.arrive'
const atTerminal = onDevice(['kiosk'], ARRIVE)

export const kioskRoutes: readonly Route[] = [
  page({
    path: '/kiosk',
    access: atTerminal,
    handle: async (ctx) => {
      const office = deviceOf(ctx)?.office ?? (await officesFor(ctx, ARRIVE))[0]?.slug
      return office === undefined ? problem(fail('not-found')) : redirect(kioskPath(office))
    },
  }),
  page({
    path: '/kiosk/:office',
    access: atTerminal,
    params: officeParams,
    examples: async (ctx) => (await exampleTerminals(ctx)).map(kioskPath),
    handle: atHouse((ctx, house, req) => startReply(ctx, house, null, severalIn(req))),
  }),
  action({
    path: '/kiosk/:office',
    access: atTerminal,
    params: officeParams,
    perMinute: 120,
    handle: atHouse(async (ctx, house, req) => {
      const arrived = await arrivedWith(ctx, house, req)
      if (!arrived.ok) return startReply(ctx, house, arrived, severalTyped(req.form))
      const { code, kind } = arrived.value
      return redirect(`${kioskPath(house.office.slug)}/nummer/${code}?art=${kind}`)
    }),
  }),
  page({
    path: '/kiosk/:office/nummer/:code',
    access: atTerminal,
    params: Type.Object({ office: Type.String({ maxLength: 80 }), code: Type.String({ maxLength: 40 }) }),
    examples: async (ctx) => {
      const example = await exampleTicket(ctx, await exampleTerminals(ctx))
      return example ? [`${kioskPath(example.office)}/nummer/${example.code}`] : []
    },
    handle: atHouse(ticketReply),
  }),
]

/** Of staff, or of the device that the tests set up in the first of them. */
async function exampleTerminals(ctx: Ctx): Promise<string[]> {
  if (!ctx.account) return (await exampleOffices(ctx)).slice(0, 1)
  return (await officesFor(ctx, ARRIVE)).slice(0, 2).map(({ slug }) => slug)
}

type AtTerminal = Req<any, any>

/** An office whose terminal asks, or whose staff do. */
function atHouse(handle: (ctx: Ctx, house: House, req: AtTerminal) => Promise<Reply>) {
  return async (ctx: Ctx, req: AtTerminal): Promise<Reply> => {
    const house = await houseOf(ctx, String(req.params.office))
    const device = deviceOf(ctx)
    if (!house) return problem(fail('not-found'))
    if (device && device.office !== house.office.slug) return problem(fail('device-elsewhere'))
    return device || mayIn(ctx, ARRIVE, house.office) ? handle(ctx, house, req) : problem(fail('not-found'))
  }
}

/** The field is empty again: the next scan is another code, and what one person typed is not for the next. */
async function startReply(ctx: Ctx, house: House, refused: Failure | null, several: Several | null): Promise<Reply> {
  const room = await readRoom(ctx, house.office.slug)
  const said = refused && saidOf(ctx, refused)
  const errors = refused && !said ? (refused.fields ?? { '': refused.detail ?? '' }) : {}
  const [walkIns] = await walkInsOf(ctx, [house.office], room.counters)
  return htmlPage(kioskPage(ctx, house, room, { errors, said, walkIns: walkIns!, several }), {
    status: refused ? (said?.status ?? 422) : 200,
  })
}

const severalIn = (req: Pick<Req, 'query'>): Several | null =>
  queryChoice(req, SEVERAL, ['1'])
    ? { people: Number(queryChoice(req, 'people', PEOPLE.map(String)) ?? '1'), services: [] }
    : null

const severalTyped = (form: Req['form']): Several | null =>
  form.has(SEVERAL) ? { people: Number(form.get('people')), services: form.all('service') } : null

/** A scanner sends the code, a touch a matter or several. */
function arrivedWith(ctx: Ctx, house: House, { form }: Pick<Req, 'form'>): Promise<Result<Arrived>> {
  const office = house.office.slug
  if (form.has(SEVERAL) && !form.has('service'))
    return Promise.resolve(fail('invalid-input', { fields: { service: texts(ctx).kiosk.matterMissing } }))
  // A scanner presses Enter also where matters are ticked.
  if (form.has('service') && !form.has('code'))
    return drawTicket(ctx, { office, services: form.all('service'), people: Number(form.get('people') || '1') })
  const code = form.get('code').trim()
  if (code === '') return Promise.resolve(fail('invalid-input', { fields: { code: texts(ctx).kiosk.codeMissing } }))
  return arriveWithCode(ctx, { office, code })
}

async function ticketReply(ctx: Ctx, house: House, req: AtTerminal): Promise<Reply> {
  const code = String(req.params.code)
  const room = await readRoom(ctx, house.office.slug)
  const shown = await shownTicket(ctx, code)
  const visit = room.visits.find(({ id }) => id === shown?.visit.id)
  const kind = queryChoice(req, 'art', ARRIVALS) ?? 'walk-in'
  const isFresh = kind === 'again' || kind === 'back' || isYoung(ctx, visit?.arrivedAt)
  if (!visit || !isFresh) return htmlPage(kioskGonePage(ctx, house), { status: 410 })
  const qrCode = await qrCodeSvg(`${ctx.tenant.baseUrl}${href(ctx, `/warten/${code}`)}`)
  return htmlPage(kioskTicketPage(ctx, house, room, { visit, kind, qrCode }))
}

const isYoung = (ctx: Ctx, at: Temporal.Instant | undefined): boolean =>
  at !== undefined && at.until(ctx.clock.now()).total('minutes') < SHOWN_MINUTES

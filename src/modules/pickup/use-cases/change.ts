import { deviceNames } from '#modules/devices/public.ts'
import type { Ctx } from '#platform/context.ts'
import { newId } from '#platform/db/id.ts'
import { transaction } from '#platform/db/transaction.ts'
import { fail, ok, type Failure, type Result } from '#platform/problem.ts'
import { COUNTER_DAYS, LOCKER_DAYS, moved, type Document, type Move } from '../domain/document.ts'
import { isCompartmentFree, lockDocument, saveDocument } from '../store/documents.ts'
import { inBoth } from '../texts/index.ts'
import { giveCode } from './announce.ts'
import { note, type Event } from './custody.ts'
import { keptUntil } from './kept-until.ts'
import { tellReturned } from './messages.ts'

/** Moves one document; of two at once the second sees what the first has made of it. */
export const change = (
  ctx: Ctx,
  id: string,
  move: Move,
  event: Event,
  data?: (document: Document) => Readonly<Record<string, unknown>>,
): Promise<Result<Document>> =>
  transaction(ctx, async (ctx) => {
    const document = await lockDocument(ctx, id)
    if (!document) return fail('not-found')
    const next = moved(document, move, ctx.clock.now())
    if (!next) return fail('pickup-not-possible')
    await saveDocument(ctx, next)
    await note(ctx, document, event, data?.(document))
    return ok(next)
  })

const whereItLay = ({ device, compartment }: Document) => ({ device, compartment })

async function liesAlready(ctx: Ctx, { device }: Document, compartment: number): Promise<Failure> {
  const name = device === null ? null : (await deviceNames(ctx, [device])).get(device)
  return fail('already-deposited', { says: inBoth((t) => t.problems.liesIn(name ?? t.staff.locker, compartment)) })
}

/** Into a compartment; from now on the person can have it, and is told so. */
export const deposit = (ctx: Ctx, id: string, device: string, compartment: number): Promise<Result<Document>> =>
  transaction(ctx, async (ctx) => {
    const document = await lockDocument(ctx, id)
    if (!document) return fail('not-found')
    // A locker that has not had the answer says it again.
    if (document.state === 'deposited' && document.device === device && document.compartment === compartment)
      return ok(document)
    if (document.compartment !== null) return await liesAlready(ctx, document, document.compartment)
    if (!(await isCompartmentFree(ctx, device, compartment))) return fail('compartment-taken')
    const collectBy = keptUntil(ctx, LOCKER_DAYS)
    const next = moved(document, { does: 'deposit', device, compartment, collectBy }, ctx.clock.now())
    if (!next) return fail('pickup-not-possible')
    await note(ctx, document, 'deposited', { device, compartment })
    return ok(await giveCode(ctx, next))
  })

/** The person has it. `by` says who says so: a person who pressed "taken", a door's sensor, staff who looked. */
export const take = (ctx: Ctx, id: string, by: 'person' | 'device' | 'staff') =>
  change(ctx, id, { does: 'take' }, 'taken', (document) => ({ ...whereItLay(document), by }))

/** The door did not open, or whoever looked found it still there: the code works on. */
export const doorFailed = (ctx: Ctx, id: string, by: 'person' | 'device' | 'staff') =>
  change(ctx, id, { does: 'fail' }, 'door-failed', (document) => ({ ...whereItLay(document), by }))

/** Out of the locker; the code ends there and works at the counter, for as long as a counter keeps things. The person is told. */
export const returnToCounter = (ctx: Ctx, id: string): Promise<Result<Document>> =>
  transaction(ctx, async (ctx) => {
    const collectBy = keptUntil(ctx, COUNTER_DAYS)
    const returned = await change(ctx, id, { does: 'return', collectBy }, 'returned', whereItLay)
    if (returned.ok) await tellReturned(ctx, returned.value, newId())
    return returned
  })

export const withdraw = (ctx: Ctx, id: string) => change(ctx, id, { does: 'withdraw' }, 'withdrawn')

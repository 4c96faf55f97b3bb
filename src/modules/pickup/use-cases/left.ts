import type { Remaining } from '#modules/devices/public.ts'
import type { Ctx } from '#platform/context.ts'
import { documentsOfDevice } from '../store/documents.ts'
import { texts } from '../texts/index.ts'

/** What still lies in a locker, for who takes it out of use: numbers of compartments, and nobody's name. */
export const leftIn: Remaining = async (ctx: Ctx, device) => {
  const documents = await documentsOfDevice(ctx, device)
  const left = documents.filter(({ state }) => state === 'deposited' || state === 'open')
  if (left.length === 0) return null
  const t = texts(ctx).staff
  return { title: t.leftTitle(left.length), body: t.leftBody(left.map(({ compartment }) => compartment).join(', ')) }
}

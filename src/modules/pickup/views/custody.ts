import type { Ctx } from '#platform/context.ts'
import type { CustodyEntry } from '../store/custody.ts'
import { texts } from '../texts/index.ts'

export interface Names {
  /** Id of an account, `device:<id>` or `system` → name. */
  readonly actors: ReadonlyMap<string, string>
  /** Id of a device → name. */
  readonly lockers: ReadonlyMap<string, string>
}

export function custodyEvent(ctx: Ctx, { action }: CustodyEntry): string {
  const { events } = texts(ctx).staff
  const event = action.slice('pickup.'.length)
  return event in events ? events[event as keyof typeof events] : event
}

/** Compartment, proof, and who says so: "Abholterminal Foyer, Fach 7, sagt die Person". */
export function custodyDetail(ctx: Ctx, { data }: CustodyEntry, { lockers }: Names): string {
  const t = texts(ctx).staff
  if (data === null) return ''
  const { device, compartment, proof, by } = data
  return [
    device ? (lockers.get(device) ?? t.locker) : null,
    compartment ? t.in(compartment) : null,
    proof === 'code' || proof === 'identity-card' ? t.proofs[proof] : null,
    by === 'person' || by === 'device' || by === 'staff' ? t.by[by] : null,
  ]
    .filter((part) => part !== null)
    .join(', ')
}

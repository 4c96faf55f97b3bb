import { accountsByIds } from '#modules/accounts/public.ts'
import { deviceNames } from '#modules/devices/public.ts'
import type { Ctx } from '#platform/context.ts'
import { isId } from '#platform/http/query.ts'
import type { CustodyEntry } from '../store/custody.ts'
import { texts } from '../texts/index.ts'
import type { Names } from '../views/custody.ts'

const DEVICE = 'device:'

/** Who stands in the entries, by name. */
export async function namesIn(
  ctx: Ctx,
  entries: readonly CustodyEntry[],
  more: readonly string[] = [],
): Promise<Names> {
  const actors = new Set(entries.map(({ actor }) => actor))
  const accounts = await accountsByIds(ctx, [...actors].filter(isId))
  const acting = [...actors].filter((actor) => actor.startsWith(DEVICE)).map((actor) => actor.slice(DEVICE.length))
  const touched = entries.flatMap(({ data }) => data?.device ?? [])
  const lockers = await deviceNames(ctx, [...new Set([...acting, ...touched, ...more])])
  return {
    lockers,
    actors: new Map([
      ['system', texts(ctx).staff.system],
      ...[...accounts.values()].map(({ id, name }) => [id, name] as const),
      ...[...lockers].map(([id, name]) => [`${DEVICE}${id}`, name] as const),
    ]),
  }
}

import { sql, type RawBuilder } from 'kysely'

/** eIDAS assurance level of the login (Regulation (EU) No 910/2014, article 8). */
export type AssuranceLevel = 'none' | 'low' | 'substantial' | 'high'

/** Who is signed in. Loaded once a request by the module that owns accounts. */
export interface Principal {
  readonly id: string
  readonly kind: 'citizen' | 'staff'
  readonly name: string
  readonly email: string
  readonly assurance: AssuranceLevel
  /** For staff: permission → ids of the units in which it holds, units below included. */
  readonly permissions: ReadonlyMap<string, readonly string[]>
}

/** A permission is a word that a module declares in its manifest: `cases.read`. */
export type Permission = string

/** Whoever asks, if anybody: the part of a context that permissions look at. */
interface Asking {
  readonly account: Principal | null
}

/** Ids of the units in which the asking account holds the permission; empty for everybody else. */
export function permittedUnits(ctx: Asking, permission: Permission): readonly string[] {
  return ctx.account?.permissions.get(permission) ?? []
}

/** Whether the account holds the permission in that unit, or in any unit where none is named. */
export function may(ctx: Asking, permission: Permission, unit?: string): boolean {
  const units = permittedUnits(ctx, permission)
  return unit === undefined ? units.length > 0 : units.includes(unit)
}

/**
 * The permission as an SQL predicate over a column that holds a unit id.
 * Lists filter with it, so that a list never shows what a page would refuse.
 */
export function permittedIn(ctx: Asking, permission: Permission, unitColumn: string): RawBuilder<boolean> {
  return sql<boolean>`${sql.ref(unitColumn)} = any(${[...permittedUnits(ctx, permission)]}::text[])`
}

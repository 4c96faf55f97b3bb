import { sql, type RawBuilder } from 'kysely'

/** A value as a `jsonb` parameter (arrays, too, which the driver would otherwise turn into PostgreSQL arrays). */
export function json<T>(value: T): RawBuilder<T> {
  return sql<T>`${JSON.stringify(value)}::jsonb`
}

/** Quotes a name for SQL that takes no parameters (schema names in DDL). */
export function quoteIdentifier(name: string): string {
  if (!/^[a-z][a-z0-9_]{0,62}$/.test(name)) throw new Error(`not a plain identifier: ${name}`)
  return `"${name}"`
}

import { DatabaseError } from 'pg'
import { pino, type Bindings, type Logger as PinoLogger } from 'pino'

/** Logs hold no personal data: ids, routes (not addresses with their values), statuses and times. */
export type Logger = Pick<PinoLogger, 'info' | 'warn' | 'error' | 'debug' | 'child'>

export const createLogger = (level: string): PinoLogger => pino({ level, base: null })

/** A child that is made at its first line: most requests write none. */
export function childWhenUsed(log: Logger, bindings: Bindings): Logger {
  let made: Logger | null = null
  const child = () => (made ??= log.child(bindings))
  return new Proxy(log, { get: (_log, name) => Reflect.get(child(), name) as unknown })
}

/**
 * An error for the log. What the database says may quote what people typed ("invalid input syntax: …"), so of its errors
 * only codes and names are kept; errors of this program name ids and never values.
 */
export function errorForLog(error: unknown): Record<string, unknown> {
  if (error instanceof DatabaseError)
    return {
      type: 'database',
      code: error.code,
      table: error.table,
      constraint: error.constraint,
      where: frames(error),
    }
  if (error instanceof Error) return { type: error.name, message: error.message, where: frames(error) }
  return { type: typeof error }
}

const frames = (error: Error) =>
  error.stack
    ?.split('\n')
    .filter((line) => line.startsWith('    at '))
    .slice(0, 12)
    .map((line) => line.trim())

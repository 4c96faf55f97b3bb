import { DatabaseError } from 'pg'
import { OperatorError } from '#platform/operator-error.ts'

interface SystemError extends Error {
  readonly code?: string
  readonly syscall?: string
  readonly port?: number
  readonly path?: string
}

/** No entry, unknown database, too many connections, not ready, no right to make schemas or extensions. */
const DATABASE_SAYS_NO = /^(08|28|3D|53300|57P03|42501)/

/**
 * What the person at the terminal can mend, as a sentence that says how; null where it is ours to mend, so that the
 * whole error is shown.
 */
export function complaint(error: unknown): string | null {
  if (error instanceof OperatorError) return error.message
  if (!(error instanceof Error)) return null
  if (error instanceof DatabaseError)
    return DATABASE_SAYS_NO.test(error.code ?? '') ? `${error.message}: is DATABASE_URL right?` : null
  const { code = '', syscall, port, path, message } = error as SystemError
  if (code.startsWith('ERR_PARSE_ARGS')) return message
  if (syscall === 'listen' && code === 'EADDRINUSE')
    return `port ${port} is taken by another program: end that, or choose another PORT`
  if (syscall === 'listen') return `${message}: choose another PORT or HOST`
  // Where a name has several addresses, the error of all of them has no words of its own.
  if (syscall === 'connect' || syscall === 'getaddrinfo' || (error instanceof AggregateError && code !== ''))
    return `the database does not answer (${message || code}): does it run, and is DATABASE_URL right?`
  return path === undefined ? null : message
}

import { OperatorError } from '#platform/operator-error.ts'

export interface CommandLine {
  readonly name: string
  /** One line. */
  readonly help: string
  readonly usage: string
  /** @returns exit code; nothing means 0 */
  readonly run: (args: readonly string[]) => Promise<number | void>
}

/** What was typed makes no sense; the message says what would. */
export class UsageError extends OperatorError {
  override name = 'UsageError'
}

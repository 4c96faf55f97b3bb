import { OperatorError } from '../operator-error.ts'

/** Why the embedded database does not run, as one sentence that says what the person at the terminal can do. */
export class EmbeddedProblem extends OperatorError {
  override readonly name: string = 'EmbeddedProblem'
}

import type { Failure } from '../problem.ts'

/** Thrown by the reading of a request (and by nothing else): an expected failure before a handler is reached. */
export class Refusal extends Error {
  readonly failure: Failure<string>
  constructor(failure: Failure<string>) {
    super(failure.problem)
    this.failure = failure
  }
}

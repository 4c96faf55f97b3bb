import { OperatorError } from '#platform/operator-error.ts'

/** Something in a service's folder that keeps it from being served: where, and why. */
export interface DefinitionProblem {
  /** 'services/resident-parking/form.yaml' */
  readonly file: string
  /** From 1; 0 where the whole file is meant. */
  readonly line: number
  readonly reason: string
}

/** 'services/resident-parking/form.yaml:12: does not know "birthDay" …' */
export const problemLine = ({ file, line, reason }: DefinitionProblem): string =>
  `${file}${line > 0 ? `:${line}` : ''}: ${reason}`

/** Every problem of every folder at once: whoever writes a service need not start again and again. */
export class DefinitionError extends OperatorError {
  readonly problems: readonly DefinitionProblem[]
  constructor(problems: readonly DefinitionProblem[]) {
    super(
      `The service definitions have ${problems.length} error(s):\n${problems.map((one) => `  ${problemLine(one)}`).join('\n')}`,
    )
    this.problems = problems
  }
}

import { templateProblem } from '#platform/pdf/typst.ts'
import type { ServiceDefinition } from '../domain/definition.ts'
import type { DefinitionProblem } from './problem.ts'

/** Letters that cannot be read. Apart from the rest because it needs Typst, which a usual start does without. */
export function letterProblems({ slug, letters }: ServiceDefinition): DefinitionProblem[] {
  return letters.flatMap(({ file, source }) => {
    const problem = templateProblem(source)
    return problem ? [{ file: `services/${slug}/${file}`, ...problem }] : []
  })
}

import type { ServiceTexts } from '../domain/service-texts.ts'
import { BUILT_IN_ACTIONS, type WorkflowDefinition } from '../domain/workflow-definition.ts'
import type { Path, YamlSource } from './source.ts'

/** What `cases` always puts in; the last three where there is a fee or a deadline. */
const ALWAYS = ['caseNumber', 'service', 'name', 'fee', 'dueOn', 'deadline']
const IN_LETTERS = ['today']

/** Refuses `{name}` in notices and letters where nothing is ever put in: people would read a gap. */
export function checkPlaceholders(source: YamlSource, texts: ServiceTexts, workflow: WorkflowDefinition): void {
  for (const [name, words] of Object.entries(texts.notices))
    check(source, ['notices', name], words, placeholdersOf(workflow, 'notify', name))
  for (const [name, words] of Object.entries(texts.letters)) {
    const known = placeholdersOf(workflow, 'letter', name)
    check(source, ['letters', name], words, known && [...known, ...IN_LETTERS])
  }
}

/**
 * Names for which some use of the template has a value; null where an action of a module comes before one, because
 * only that module knows what it gives back.
 */
function placeholdersOf(workflow: WorkflowDefinition, does: string, template: string): readonly string[] | null {
  const names = new Set(ALWAYS)
  for (const { fields, actions } of workflow.transitions) {
    const uses = actions.flatMap((action, at) => (action.do === does && action.template === template ? [at] : []))
    for (const at of uses) {
      const isBuiltIn = (name: string) => (BUILT_IN_ACTIONS as readonly string[]).includes(name)
      if (actions.slice(0, at).some((action) => !isBuiltIn(action.do))) return null
      for (const field of fields) names.add(field.name)
      for (const name of Object.keys(actions[at]?.input ?? {})) names.add(name)
    }
  }
  return [...names]
}

function check(source: YamlSource, path: Path, words: unknown, known: readonly string[] | null): void {
  if (!known) return
  if (typeof words === 'object' && words !== null) {
    for (const [key, inner] of Object.entries(words)) check(source, [...path, key], inner, known)
    return
  }
  for (const [, name = ''] of String(words).matchAll(/\{([A-Za-z][A-Za-z0-9]*)\}/g)) {
    if (!known.includes(name)) source.refuse(path, `nothing fills in "{${name}}"; there is: ${known.join(', ')}`)
  }
}

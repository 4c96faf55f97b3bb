import { examine, type Answers, type ServiceDefinition } from '#modules/services/public.ts'

export type Carried =
  { readonly ok: true; readonly answers: Answers } | { readonly ok: false; readonly lost: readonly string[] }

/**
 * Whether answers to an old version of a form can go on in a newer one without losing anything: every answer has its
 * place there and is as good as it was. `lost` names the pointers that would not.
 */
export function carryOver(
  from: ServiceDefinition,
  to: ServiceDefinition,
  answers: Answers,
  today: Temporal.PlainDate,
): Carried {
  const before = examine(from, answers, { today })
  const after = examine(to, answers, { today })
  const badBefore = new Set(before.issues.map((issue) => issue.pointer))
  const gone = [...pointersOf(before.answers)].filter(
    (pointer) => !after.visible.has(pointer) && before.visible.has(pointer),
  )
  const worse = after.issues
    .filter(({ code, pointer }) => code !== 'required' && code !== 'consent' && !badBefore.has(pointer))
    .map((issue) => issue.pointer)
  const lost = [...new Set([...gone, ...worse])].sort()
  return lost.length === 0 ? { ok: true, answers } : { ok: false, lost }
}

/** Pointers of all values: `dogs/0/chip`; an address or a list of choices is one value. */
function* pointersOf(answers: Answers): Generator<string> {
  for (const [name, value] of Object.entries(answers)) {
    yield name
    if (typeof value !== 'object' || value === null) continue
    for (const [inner, entry] of Object.entries(value)) {
      yield `${name}/${inner}`
      if (typeof entry !== 'object' || entry === null) continue
      for (const key of Object.keys(entry)) yield `${name}/${inner}/${key}`
    }
  }
}

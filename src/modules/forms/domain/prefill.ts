import type { DataSafe } from '#modules/accounts/public.ts'
import {
  normalisePlate,
  type Answers,
  type Field,
  type JsonValue,
  type ServiceDefinition,
} from '#modules/services/public.ts'
import type { Source } from './source.ts'
import { valueAt, withValue } from './pages.ts'

/** What a person has left with the city, as forms use it. */
export interface Known {
  readonly dataSafe: DataSafe | null
  readonly login: { readonly name: string; readonly email: string } | null
}

export interface Prefilled {
  readonly answers: Readonly<Record<string, unknown>>
  readonly sources: Readonly<Record<string, Source>>
}

/** Whether the form asks the data safe at all: it is read only where it helps, because each reading is logged. */
export function usesDataSafe(def: ServiceDefinition): boolean {
  return prefillable(def).some(({ field }) => field.prefill?.startsWith('dataSafe.'))
}

/** Fills in what is known and not answered yet, and says for each where it is from. Fields in lists stay empty. */
export function prefill(
  def: ServiceDefinition,
  known: Known,
  draft: Prefilled,
  words: { dataSafe: Source; login: Source },
): Prefilled {
  let { answers } = draft
  const sources: Record<string, Source> = { ...draft.sources }
  for (const { field, pointer } of prefillable(def)) {
    if (valueAt(answers, pointer) !== undefined) continue
    const value = knownValue(field, known)
    if (value === null) continue
    answers = withValue(answers, pointer, value)
    sources[pointer] = field.prefill?.startsWith('login.') ? words.login : words.dataSafe
  }
  return { answers, sources }
}

/** Answers from another module (a permit to renew), kept only where the form has such a field. */
export function prefillFrom(def: ServiceDefinition, given: Answers, source: Source, draft: Prefilled): Prefilled {
  let { answers } = draft
  const sources: Record<string, Source> = { ...draft.sources }
  for (const { pointer } of singleFields(def)) {
    const value = valueAt(given, pointer)
    if (value === undefined) continue
    answers = withValue(answers, pointer, value)
    sources[pointer] = source
  }
  return { answers, sources }
}

function singleFields(def: ServiceDefinition): { field: Field; pointer: string }[] {
  return def.form.steps
    .flatMap((step) => step.items)
    .flatMap((item) => {
      if (item.type !== 'group') return [{ field: item, pointer: item.name }]
      return item.repeat ? [] : item.fields.map((field) => ({ field, pointer: `${item.name}/${field.name}` }))
    })
}

const prefillable = (def: ServiceDefinition) => singleFields(def).filter(({ field }) => field.prefill !== undefined)

function knownValue(field: Field, { dataSafe, login }: Known): JsonValue {
  switch (field.prefill) {
    case 'login.email':
      return login?.email ?? null
    case 'login.name':
      return login?.name ?? null
    case 'dataSafe.vehicle':
      return dataSafe?.vehicles[0] ? (normalisePlate(dataSafe.vehicles[0].plate) ?? null) : null
    case 'dataSafe.address': {
      const { street, houseNumber, postcode, place } = dataSafe ?? {}
      return street && houseNumber && postcode && place ? { street, houseNumber, postcode, place } : null
    }
    case 'dataSafe.givenName':
    case 'dataSafe.familyName':
    case 'dataSafe.birthDate':
    case 'dataSafe.telephone':
    case 'dataSafe.email':
      return dataSafe?.[field.prefill.slice('dataSafe.'.length) as 'givenName'] ?? null
    case undefined:
      return null
  }
}

import type { DataSafePart, Vehicle } from './data-safe.ts'
import { normalizePlate } from './plate.ts'

export const VEHICLES_MAX = 10

export type SafeField = Exclude<keyof DataSafePart, 'vehicles'>
export type SafeProblem =
  | { readonly word: 'tooLong'; readonly length: number }
  | { readonly word: 'tooManyVehicles'; readonly length: number }
  | {
      readonly word:
        | 'birthDate'
        | 'birthDateFuture'
        | 'birthDateLongAgo'
        | 'postcode'
        | 'houseNumber'
        | 'telephone'
        | 'plate'
        | 'plateTwice'
    }

const LENGTHS: Record<SafeField, number> = {
  givenName: 80,
  familyName: 80,
  birthDate: 10,
  street: 100,
  houseNumber: 10,
  postcode: 5,
  place: 80,
  telephone: 30,
}

/** One typed value in the form that is kept ('' empties it, as null does), or what is wrong with it. */
export function checkSafeField(
  field: SafeField,
  typed: string | null,
  today: Temporal.PlainDate,
): { ok: true; value: string | null } | { ok: false; problem: SafeProblem } {
  const value = (typed ?? '').normalize('NFC').replace(/\s+/g, ' ').trim()
  if (value === '') return { ok: true, value: null }
  const problem = field === 'birthDate' ? birthDateProblem(value, today) : shapeProblem(field, value)
  return problem ? { ok: false, problem } : { ok: true, value }
}

function shapeProblem(field: SafeField, value: string): SafeProblem | null {
  if (field === 'postcode') return /^\d{5}$/.test(value) ? null : { word: 'postcode' }
  if (field === 'houseNumber')
    return /^\d{1,4} ?[a-z]?([-/]\d{1,4} ?[a-z]?)?$/i.test(value) ? null : { word: 'houseNumber' }
  if (field === 'telephone')
    return /^\+?[\d ()/-]{4,30}$/.test(value) && /\d{3}/.test(value.replace(/\D/g, '')) ? null : { word: 'telephone' }
  const length = LENGTHS[field]
  return [...value].length > length ? { word: 'tooLong', length } : null
}

/** A day that exists, not in the future, and not before the oldest person alive could have been born. */
function birthDateProblem(value: string, today: Temporal.PlainDate): SafeProblem | null {
  let date: Temporal.PlainDate
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return { word: 'birthDate' }
  try {
    date = Temporal.PlainDate.from(value, { overflow: 'reject' })
  } catch {
    return { word: 'birthDate' }
  }
  if (Temporal.PlainDate.compare(date, today) > 0) return { word: 'birthDateFuture' }
  return date.year < today.year - 125 ? { word: 'birthDateLongAgo' } : null
}

/** A vehicle to be added to those that are there, or what is wrong: problem by field. */
export function checkVehicle(
  typed: { plate: string; description: string | null },
  others: readonly Vehicle[],
): { ok: true; value: Vehicle } | { ok: false; field: 'plate' | 'description'; problem: SafeProblem } {
  const plate = typed.plate.length > 40 ? null : normalizePlate(typed.plate)
  if (plate === null) return { ok: false, field: 'plate', problem: { word: 'plate' } }
  if (others.some((vehicle) => vehicle.plate === plate))
    return { ok: false, field: 'plate', problem: { word: 'plateTwice' } }
  if (others.length >= VEHICLES_MAX)
    return { ok: false, field: 'plate', problem: { word: 'tooManyVehicles', length: VEHICLES_MAX } }
  const description = (typed.description ?? '').normalize('NFC').replace(/\s+/g, ' ').trim()
  if ([...description].length > 60) return { ok: false, field: 'description', problem: { word: 'tooLong', length: 60 } }
  return { ok: true, value: { plate, description: description === '' ? null : description } }
}

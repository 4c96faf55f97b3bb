import type { Permit } from './permit.ts'
import type { Period } from './period.ts'

/** What a service says about an application that has a twin: no, let a clerk see it, or never mind. */
export type DuplicateRule = 'refuse' | 'show' | 'allow'

export interface DuplicateRules {
  /** Another permit for the same plate, zone and time. */
  readonly samePlate: Exclude<DuplicateRule, 'allow'>
  /** Another permit of the same person at the same time, whatever the car. */
  readonly samePerson: DuplicateRule
}

export interface Wish extends Period {
  readonly plate: string
  readonly zone: string
}

export type SameThing = 'plate' | 'car' | 'person'

export interface Duplicates {
  readonly outcome: 'ok' | 'no' | 'unclear'
  /** `plate`: the same car in the same zone; `car`: in another one. */
  readonly same: readonly SameThing[]
  readonly numbers: readonly string[]
}

type Other = Pick<Permit, 'plate' | 'zone' | 'from' | 'until' | 'number'>

/** Judges by the permits of the plate and those of the person that are reserved or valid. */
export function judgeDuplicates(
  wish: Wish,
  ofPlate: readonly Other[],
  ofPerson: readonly Other[],
  rules: DuplicateRules,
): Duplicates {
  const cars = ofPlate.filter((other) => other.plate === wish.plate && overlaps(wish, other))
  const plates = cars.filter((other) => other.zone === wish.zone)
  // A car is kept where its driver lives: in two zones at once is for a clerk to understand.
  const elsewhere = cars.filter((other) => other.zone !== wish.zone)
  const persons = rules.samePerson === 'allow' ? [] : ofPerson.filter((other) => overlaps(wish, other))
  const broken = [
    ...(plates.length > 0 ? [rules.samePlate] : []),
    ...(elsewhere.length > 0 ? ['show'] : []),
    ...(persons.length > 0 ? [rules.samePerson] : []),
  ]
  return {
    outcome: broken.includes('refuse') ? 'no' : broken.includes('show') ? 'unclear' : 'ok',
    same: [
      ...(plates.length > 0 ? (['plate'] as const) : []),
      ...(elsewhere.length > 0 ? (['car'] as const) : []),
      ...(persons.length > 0 ? (['person'] as const) : []),
    ],
    numbers: [...new Set([...cars, ...persons].flatMap((other) => other.number ?? []))],
  }
}

export function overlaps(a: Period, b: Period): boolean {
  return Temporal.PlainDate.compare(a.from, b.until) < 0 && Temporal.PlainDate.compare(b.from, a.until) < 0
}

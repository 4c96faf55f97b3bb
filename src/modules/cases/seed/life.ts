import { nextEntry, type AuditEntry } from '#platform/audit/audit.ts'
import type { ServiceDefinition, State, Transition } from '#modules/services/public.ts'
import { cityDate } from '#platform/time/clock.ts'
import type { Random } from '#modules/musterstadt/public.ts'
import { lastDayOf } from '../domain/deadline.ts'
import { stateOf } from '../domain/workflow.ts'
import type { Story } from './stories.ts'

/** One transition as it was taken. */
export interface Step {
  readonly transition: Transition
  readonly at: Temporal.Instant
  readonly actor: string
  readonly input: Readonly<Record<string, string>>
}

export interface Life {
  readonly state: State
  readonly openedAt: Temporal.Instant
  readonly enteredAt: Temporal.Instant
  readonly steps: readonly Step[]
  readonly dueOn: Temporal.PlainDate | null
}

const hours = (dice: Random, [from, to]: readonly [number, number]) => from + dice.next() * (to - from)
const after = (instant: Temporal.Instant, length: number) => instant.add({ seconds: Math.round(length * 3600) })

/** Plays a story through a workflow: closed ones lie in the past year, open ones wait until now. */
export function play(
  dice: Random,
  definition: ServiceDefinition,
  story: Story,
  now: Temporal.Instant,
  clerk: string,
): Life {
  const lengths = story.chapters.map((chapter) => hours(dice, chapter.hours))
  const total = lengths.reduce((sum, length) => sum + length, 0)
  const openedAt = story.open
    ? after(now, -total - hours(dice, story.waits ?? [1, 200]))
    : after(now, -total - hours(dice, [12, 24 * 362]))
  let at = openedAt
  let state = stateOf(definition, definition.workflow.initial)
  const steps = story.chapters.map((chapter, index): Step => {
    const transition = definition.workflow.transitions.find(({ name }) => name === chapter.transition)
    if (!transition) throw new Error(`${definition.slug} has no transition ${chapter.transition}`)
    at = after(at, lengths[index]!)
    state = stateOf(definition, transition.to)
    const actor = { clerk, applicant: 'applicant', system: 'system', partner: 'partner' }[transition.by]
    return { transition, at, actor, input: chapter.input ?? {} }
  })
  const dueOn = state.kind !== 'final' && state.deadline ? lastDayOf(state.deadline, cityDate(at)) : null
  return { state, openedAt, enteredAt: at, steps, dueOn }
}

/** The chain of audit entries of such a life. */
export class Chain {
  readonly entries: AuditEntry[] = []
  readonly #subject: string
  constructor(caseId: string) {
    this.#subject = `case:${caseId}`
  }
  add(at: Temporal.Instant, actor: string, action: string, data?: unknown): void {
    const ctx = { account: null, clock: { now: () => at } }
    const previous = this.entries.at(-1) ?? null
    this.entries.push(nextEntry(ctx, { subject: this.#subject, action, actor, data }, previous))
  }
}

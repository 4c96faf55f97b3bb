import { nextWorkingDay } from '#modules/cases/public.ts'
import type { Ctx } from '#platform/context.ts'
import { today } from '#platform/time/clock.ts'

/** The last of so many days from today: one on which somebody is there to hand it over (as BGB § 193 has it). */
export const keptUntil = ({ clock }: Pick<Ctx, 'clock'>, days: number): Temporal.PlainDate =>
  nextWorkingDay(today(clock).add({ days }))

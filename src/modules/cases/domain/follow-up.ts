import { readDay } from '#platform/time/day.ts'

/** The day on which a case comes up again, as typed; null where the field was left empty: not any more. */
export function readFollowUp(
  typed: string,
  today: Temporal.PlainDate,
): { ok: true; on: Temporal.PlainDate | null } | { ok: false; problem: 'noDay' | 'dayPassed' } {
  if (typed.trim() === '') return { ok: true, on: null }
  const on = readDay(typed, { today, lean: 'coming' }).date
  if (!on) return { ok: false, problem: 'noDay' }
  return Temporal.PlainDate.compare(on, today) < 0 ? { ok: false, problem: 'dayPassed' } : { ok: true, on }
}

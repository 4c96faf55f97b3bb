import { problemText, type ProblemText } from '#platform/module.ts'
import type { Locale } from '#platform/i18n/locale.ts'
import type { Failure } from '#platform/problem.ts'
import { de } from './texts/de.ts'
import { en } from './texts/en.ts'

type Word = {
  [K in keyof typeof de.problems]: (typeof de.problems)[K] extends string ? K : never
}[keyof typeof de.problems]

const words = (status: number, title: Word, advice: Word): ProblemText =>
  problemText(status, [de.problems[title], en.problems[title]], [de.problems[advice], en.problems[advice]])

export const problems: Readonly<Record<string, ProblemText>> = {
  'arrival-unknown': words(404, 'arrivalUnknown', 'arrivalUnknownAdvice'),
  'arrival-cancelled': words(409, 'arrivalCancelled', 'arrivalCancelledAdvice'),
  'arrival-other-day': words(409, 'arrivalOtherDay', 'arrivalOtherDayAdvice'),
  'arrival-other-office': words(409, 'arrivalOtherOffice', 'arrivalOtherOfficeAdvice'),
  'arrival-displaced': words(409, 'arrivalDisplaced', 'arrivalDisplacedAdvice'),
  'arrival-done': words(409, 'arrivalDone', 'arrivalDoneAdvice'),
  'office-closed': words(409, 'officeClosed', 'officeClosedAdvice'),
  'office-full': words(409, 'officeFull', 'officeFullAdvice'),
  'counter-taken': words(409, 'counterTaken', 'counterTakenAdvice'),
  'counter-closed': words(409, 'counterClosed', 'counterClosedAdvice'),
  'no-counter': words(409, 'noCounter', 'noCounterAdvice'),
  'somebody-here': words(409, 'somebodyHere', 'somebodyHereAdvice'),
  'visit-over': words(409, 'visitOver', 'visitOverAdvice'),
  'visit-moved-on': words(409, 'visitMovedOn', 'visitMovedOnAdvice'),
}

export interface Said {
  readonly status: number
  readonly title: string
  readonly advice: string
}

/** The words of a refusal, for a page that says it where the person is; null for those that other pages tell. */
export function saidOf({ locale }: { readonly locale: Locale }, failure: Failure<string>): Said | null {
  const text = Object.hasOwn(problems, failure.problem) ? problems[failure.problem]! : null
  if (!text) return null
  return { status: text.status, title: text.title[locale], advice: failure.detail ?? text.advice[locale] }
}

import { PASSWORD_MAX, PASSWORD_MIN, type PasswordProblem } from '../domain/password.ts'
import type { SafeProblem } from '../domain/check-data-safe.ts'
import type { Texts } from './index.ts'

export const passwordMessage = (t: Texts, problem: PasswordProblem): string =>
  ({
    'too-short': t.errors.passwordTooShort(PASSWORD_MIN),
    'too-long': t.errors.passwordTooLong(PASSWORD_MAX),
    'too-common': t.errors.passwordTooCommon,
    'holds-mail': t.errors.passwordHoldsMail,
  })[problem]

export function safeMessage(t: Texts, problem: SafeProblem): string {
  if (problem.word === 'tooLong' || problem.word === 'tooManyVehicles') return t.errors[problem.word](problem.length)
  return t.errors[problem.word]
}

/**
 * What a password must be: long, and not one of those that everybody tries first. No rules about capitals and signs:
 * they make passwords worse (NIST SP 800-63B section 5.1.1.2, BSI-Grundschutz ORP.4.A22).
 */
export type PasswordProblem = 'too-short' | 'too-long' | 'too-common' | 'holds-mail'

export const PASSWORD_MIN = 10
/** Hashing takes as long as its input is; more than this is no password. */
export const PASSWORD_MAX = 200

/** Canonical form: the same letters typed on different devices give the same password (NIST SP 800-63B section 5.1.1.2). */
export const normalizePassword = (typed: string): string => typed.normalize('NFKC')

export function checkPassword(typed: string, email: string): PasswordProblem | null {
  const password = normalizePassword(typed)
  const length = [...password].length
  if (length < PASSWORD_MIN) return 'too-short'
  if (length > PASSWORD_MAX) return 'too-long'
  const plain = password.toLowerCase()
  if (isCommon(plain)) return 'too-common'
  const local = email.split('@')[0]?.toLowerCase() ?? ''
  if (plain === email.toLowerCase() || (local.length >= 4 && stripped(plain) === local)) return 'holds-mail'
  return null
}

/** Without the digits and signs that people hang on to a word. */
const stripped = (password: string) => password.replace(/^[\d\W_]+/, '').replace(/[\d\W_]+$/, '')

function isCommon(password: string): boolean {
  if (COMMON.has(password) || COMMON.has(stripped(password))) return true
  if (new Set(password).size <= 2) return true
  return SEQUENCES.some((sequence) => sequence.includes(password))
}

const SEQUENCES = [
  '01234567890123456789',
  '98765432109876543210',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertzuiopasdfghjklyxcvbnm',
  'qwertyuiopasdfghjklzxcvbnm',
]

/** The words that German and English lists of leaked passwords begin with, where they reach the length or grow to it by digits. */
const COMMON = new Set(
  (
    'password passwort password1 kennwort geheim hallo hallo123 schatz sommer winter qwertz qwerty qwertzuiop qwertyuiop ' +
    'iloveyou ichliebedich liebe admin administrator welcome willkommen dragon monkey football fussball letmein master ' +
    'baseball superman batman trustno1 rathaus buergerbuero passwort1 changeme startstart 1q2w3e4r5t 1qaz2wsx3edc ' +
    'asdfghjkl asdfghjklö yxcvbnm zaq12wsx q1w2e3r4t5 deutschland bayern'
  ).split(' '),
)

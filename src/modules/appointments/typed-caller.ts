import { fold } from '#platform/search/fold.ts'
import { typedArrivalCode } from './domain/booking.ts'

/** What somebody says who calls, as the appointment is found by it. */
export type Caller =
  | { readonly by: 'mail'; readonly email: string }
  | { readonly by: 'number'; readonly id: string }
  | { readonly by: 'telephone'; readonly digits: string; readonly arrivalCode: string }
  | { readonly by: 'name'; readonly words: readonly string[]; readonly arrivalCode: string }

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i
/** Fewer would find half of the city. */
const LEAST_DIGITS = 5
const LEAST_LETTERS = 3

/** null: too little to look for. Names and numbers as the database keeps them to be found, see migration 0010. */
export function callerOf(typed: string): Caller | null {
  const text = typed.trim().slice(0, 254)
  if (text.includes('@')) return text.length > LEAST_LETTERS ? { by: 'mail', email: text.toLowerCase() } : null
  const id = UUID.exec(text)?.[0]
  if (id) return { by: 'number', id }
  const arrivalCode = typedArrivalCode(text)
  if (/^[\d\s()+/.-]+$/.test(text)) {
    const digits = plainTelephone(text)
    return digits.length < LEAST_DIGITS ? null : { by: 'telephone', digits, arrivalCode }
  }
  const words = plainName(text).split(' ').filter(Boolean)
  return words.join('').length < LEAST_LETTERS ? null : { by: 'name', words: words.slice(0, 6), arrivalCode }
}

/** "+49 (0)171 234" and "0171 234" are the same number. */
export const plainTelephone = (typed: string): string => typed.replace(/\D/g, '').replace(/^(0049|49)?0?/, '')

/** "Yılmaz" and "Jørgensen" have letters that are no others with an accent. */
const LETTERS: Readonly<Record<string, string>> = { ı: 'i', ł: 'l', ø: 'o', đ: 'd' }

export const plainName = (typed: string): string => fold(typed).replace(/[ıłøđ]/g, (letter) => LETTERS[letter]!)

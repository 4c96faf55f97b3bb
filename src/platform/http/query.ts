import { readDay, readPeriod, type TypedDay, type YearFrom } from '../time/day.ts'
import type { Req } from './route.ts'

/** One value of the query as text; '' where it is absent or was given several times. */
export const queryText = (req: Pick<Req, 'query'>, name: string): string => {
  const value = req.query[name]
  return typeof value === 'string' ? value.trim() : ''
}

/** The value where it is one of the options, otherwise null. */
export function queryChoice<T extends string>(req: Pick<Req, 'query'>, name: string, options: readonly T[]): T | null {
  const value = queryText(req, name)
  return options.find((option) => option === value) ?? null
}

/** What the table has under that value; null where it has nothing. An address may name anything, `constructor` too. */
export function queryEntry<T>(req: Pick<Req, 'query'>, name: string, table: Readonly<Record<string, T>>): T | null {
  const value = queryText(req, name)
  return Object.hasOwn(table, value) ? table[value]! : null
}

/** Page number from 1; anything else is page 1. */
export function queryPage(req: Pick<Req, 'query'>): number {
  const value = queryText(req, 'seite')
  return /^[1-9]\d{0,4}$/.test(value) ? Number(value) : 1
}

/** A day of the query as people write it; `year` says how one without a year is meant. */
export const queryDate = (req: Pick<Req, 'query'>, name: string, year?: YearFrom): TypedDay =>
  readDay(queryText(req, name), year)

/** First and last day of a filter of what is over, in the fields `von` and `bis`. */
export function queryPeriod(
  req: Pick<Req, 'query'>,
  today: Temporal.PlainDate,
): { readonly from: TypedDay; readonly until: TypedDay } {
  return readPeriod({ from: queryText(req, 'von'), until: queryText(req, 'bis') }, today)
}

/** Keeps filters in the address: only what is set. */
export function queryString(values: Readonly<Record<string, string | number | null>>): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(values))
    if (value !== null && value !== '') params.set(name, String(value))
  const text = params.toString()
  return text === '' ? '' : `?${text}`
}

/** Whether a path's id can be one of ours (UUID); anything else is simply not there. */
export const isId = (text: string): boolean => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)

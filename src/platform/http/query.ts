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

export interface TypedDate {
  readonly date: Temporal.PlainDate | null
  /** Something was typed that is no date. */
  readonly wrong: boolean
  readonly typed: string
}

/** A day as people write it (`21.11.2026`, `1.2.2026`, `21/11/2026`) or as machines do (`2026-11-21`). */
export function queryDate(req: Pick<Req, 'query'>, name: string): TypedDate {
  const typed = queryText(req, name)
  if (typed === '') return { date: null, wrong: false, typed }
  const written = /^(\d{1,2})[./](\d{1,2})[./](\d{4})$/.exec(typed.replace(/\s/g, ''))
  const iso = written ? `${written[3]}-${written[2]!.padStart(2, '0')}-${written[1]!.padStart(2, '0')}` : typed
  // Temporal also reads other calendars and years of six digits, which no column takes.
  if (!/^(?:19|20|21)\d\d-\d\d-\d\d$/.test(iso)) return { date: null, wrong: true, typed }
  try {
    return { date: Temporal.PlainDate.from(iso, { overflow: 'reject' }), wrong: false, typed }
  } catch {
    return { date: null, wrong: true, typed }
  }
}

/** First and last day of a filter, in the fields `von` and `bis`. */
export const queryPeriod = (req: Pick<Req, 'query'>): { readonly from: TypedDate; readonly until: TypedDate } => ({
  from: queryDate(req, 'von'),
  until: queryDate(req, 'bis'),
})

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

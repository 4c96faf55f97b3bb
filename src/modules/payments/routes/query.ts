import type { Req } from '#platform/http/route.ts'

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

/** Page number from 1; anything else is page 1. */
export function queryPage(req: Pick<Req, 'query'>): number {
  const value = queryText(req, 'seite')
  return /^[1-9]\d{0,4}$/.test(value) ? Number(value) : 1
}

/** ISO date; `wrong` where something else was typed. */
export function queryDate(
  req: Pick<Req, 'query'>,
  name: string,
): { date: Temporal.PlainDate | null; wrong: boolean; typed: string } {
  const typed = queryText(req, name)
  if (typed === '') return { date: null, wrong: false, typed }
  try {
    return { date: Temporal.PlainDate.from(typed, { overflow: 'reject' }), wrong: false, typed }
  } catch {
    return { date: null, wrong: true, typed }
  }
}

/** Keeps filters in the address: only what is set. */
export function queryString(values: Readonly<Record<string, string | number | null>>): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(values))
    if (value !== null && value !== '') params.set(name, String(value))
  const text = params.toString()
  return text === '' ? '' : `?${text}`
}

/** Whether a path's id can be one of ours; anything else is simply not there. */
export const isId = (text: string): boolean => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)

/** 'YYYY-MM-DD' of a day that exists between 1900 and 2199, or null: 30 February is none. */
export function parseDay(value: string): Temporal.PlainDate | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return null
  return dayOf(Number(value.slice(0, 4)), Number(value.slice(5, 7)), Number(value.slice(8, 10)))
}

function dayOf(year: number, month: number, day: number): Temporal.PlainDate | null {
  if (year < 1900 || year > 2199) return null
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' })
  } catch {
    return null
  }
}

/** What people type: '1.2.2026', '01.02.2026', '1/2/2026' (day first), '2026-02-01'; null for anything else. */
export function readTypedDay(typed: string): string | null {
  const text = typed.trim()
  const iso = parseDay(text)
  if (iso) return iso.toString()
  const match = /^(\d{1,2})[./ -]\s?(\d{1,2})[./ -]\s?(\d{4})$/.exec(text)
  if (!match) return null
  return dayOf(Number(match[3]), Number(match[2]), Number(match[1]))?.toString() ?? null
}

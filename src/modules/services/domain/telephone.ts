/** Signs that people put between digits. */
const SEPARATORS = /[\s\-–/().]/g

/**
 * A telephone number as E.164, '0711 / 123 45 67' → '+497111234567'. Numbers without a country are German and need
 * their area code; ITU-T E.164 allows 15 digits with the country's. Null for what is no number.
 */
export function normaliseTelephone(typed: string): string | null {
  const text = typed
    .trim()
    .replace(/^(\+|00)(\d{1,3})\s*\(0\)/, '$1$2')
    .replace(SEPARATORS, '')
  if (!/^(\+|00?)?\d+$/.test(text)) return null
  const national = /^0(?!0)(\d+)$/.exec(text)?.[1]
  if (national !== undefined) return german(national)
  const international = /^(?:\+|00)(\d+)$/.exec(text)?.[1]
  if (international === undefined) return null
  if (international.startsWith('49')) return german(international.slice(2).replace(/^0/, ''))
  return /^[1-9]\d{6,14}$/.test(international) ? `+${international}` : null
}

/** German numbers without the zero: two to five digits of area code, at most 13 in all. */
function german(digits: string): string | null {
  return /^[1-9]\d{4,12}$/.test(digits) ? `+49${digits}` : null
}

/** '+497111234567' → '0711 1234567' cannot be told without a list of area codes, so only the country is set apart. */
export function showTelephone(e164: string): string {
  return e164.startsWith('+49') ? `+49 ${e164.slice(3)}` : e164
}

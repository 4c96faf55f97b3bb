/**
 * A vehicle's plate in the form that the city writes it, or null where it is none.
 * German plates: section 9 FZV (one to three letters, one or two letters, up to four digits, E or H at the end);
 * others as letters and digits, since a resident may drive a foreign car.
 */
export function normalizePlate(typed: string): string | null {
  const text = typed.trim().toUpperCase().replace(/\s+/g, ' ')
  const german = /^([A-ZÄÖÜ]{1,3})[ -]{1,2}([A-Z]{1,2}) ?([1-9][0-9]{0,3}) ?([EH]?)$/.exec(text)
  if (german) return `${german[1]}-${german[2]} ${german[3]}${german[4]}`
  if (!/^[A-Z0-9][A-Z0-9 -]{2,11}$/.test(text) || !/[0-9]/.test(text) || !/[A-Z]/.test(text)) return null
  return text
}

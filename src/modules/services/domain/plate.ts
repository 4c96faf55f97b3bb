/**
 * A German number plate: district letters, then letters, then digits without a zero in front, at most eight signs
 * with the suffix counted; E for electric and H for historic vehicles (FZV §§ 9 to 11).
 */
const PARTS = /^([A-ZÄÖÜ]{1,3})[-–. ]+([A-Z]{1,2})[-–. ]*([1-9][0-9]{0,3}) ?([EH]?)$/
/** Without any separator it is clear only where there are two letters in all: 'S A1' as 'SA1'. */
const SHORT = /^([A-ZÄÖÜ])([A-Z])([1-9][0-9]{0,3})([EH]?)$/
const MOST_SIGNS = 8

/** 's ab1234' → 'S-AB 1234', 'ka-mw 12 e' → 'KA-MW 12E'; null for what is no plate or not clear. */
export function normalisePlate(typed: string): string | null {
  const text = typed.normalize('NFC').toUpperCase().trim().replace(/\s+/g, ' ')
  const match = PARTS.exec(text) ?? SHORT.exec(text)
  if (!match) return null
  const [, district = '', letters = '', digits = '', suffix = ''] = match
  if ((district + letters + digits + suffix).length > MOST_SIGNS) return null
  return `${district}-${letters} ${digits}${suffix}`
}

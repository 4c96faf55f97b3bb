/**
 * A plate reduced to its letters and digits, so that "mu ab 123", "MU-AB123" and "MUAB123" are found alike. The E of electric and
 * the H of historic vehicles are left out, since officers leave them out.
 */
export function plateKey(typed: string): string {
  return typed
    .normalize('NFC')
    .toUpperCase()
    .replace(/[^A-Z0-9ÄÖÜ]/g, '')
    .replace(/(\d)[EH]$/, '$1')
}

/** Whether somebody can have meant a plate: letters and digits, three to ten of them. */
export function looksLikePlate(typed: string): boolean {
  const key = plateKey(typed)
  return key.length >= 3 && key.length <= 10 && /\d/.test(key) && /[A-ZÄÖÜ]/.test(key)
}

import { electronicFormatIBAN, friendlyFormatIBAN, isValidIBAN } from 'ibantools'

/** An IBAN in electronic form (ISO 13616: length of its country, check digits), or null. */
export function normaliseIban(typed: string): string | null {
  if (!/^[A-Za-z0-9 .-]{15,45}$/.test(typed.trim())) return null
  const electronic = electronicFormatIBAN(typed.toUpperCase())
  return electronic && isValidIBAN(electronic) ? electronic : null
}

/** 'DE02 1203 0000 0000 2020 51' */
export const showIban = (electronic: string): string => friendlyFormatIBAN(electronic) ?? electronic

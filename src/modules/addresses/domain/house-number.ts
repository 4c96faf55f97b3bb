export interface HouseNumber {
  readonly number: number
  /** `a`, `/1`, `-14`, or ''. */
  readonly suffix: string
}

/** Reads `12`, `12 a`, `12A`, `12/1`, `12-14`, `12 1/2`; null for what is no house number. */
export function parseHouseNumber(text: string): HouseNumber | null {
  const [, number, rest] = /^\s*(\d{1,4})(.*)$/s.exec(text.replace(/[–—]/g, '-')) ?? []
  if (number === undefined || Number(number) === 0) return null
  const suffix = rest!.toLowerCase().replaceAll(/[\s.]/g, '')
  if (!/^([a-z]|1\/[234])?([-/+]\d{1,4}[a-z]?)?$/.test(suffix)) return null
  return { number: Number(number), suffix }
}

export const formatHouseNumber = ({ number, suffix }: HouseNumber): string => `${number}${suffix}`

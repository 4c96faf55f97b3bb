/**
 * Time as a row of cells of five minutes, numbered since 1970 (UTC). Offsets of Europe/Berlin are whole hours, so that
 * local times on the grid stay on it through both changes of the clock, and midnight is a cell as any other.
 */
export const CELL_MINUTES = 5
export const CELL_MS = CELL_MINUTES * 60_000

export const cellOf = (at: Temporal.Instant): number => Math.floor(at.epochMilliseconds / CELL_MS)
export const instantOf = (cell: number): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(cell * CELL_MS)
const written = new Map<number, string>()

/** `2026-11-26T08:05:00Z`, kept: a search writes fifty of them, and the next one the same. */
export function isoOf(cell: number): string {
  let text = written.get(cell)
  if (text === undefined) {
    if (written.size > 50_000) written.clear()
    written.set(cell, (text = instantOf(cell).toString()))
  }
  return text
}

export const isOnGrid = (at: Temporal.Instant): boolean => at.epochNanoseconds % BigInt(CELL_MS * 1_000_000) === 0n
export const cellsIn = (minutes: number): number => Math.ceil(minutes / CELL_MINUTES)

/** A set of cells: bit `i` of the words is cell `first + i`. */
export type CellWords = Uint32Array

export const emptyCells = (count: number): CellWords => new Uint32Array(Math.ceil(count / 32))

/** Puts the bits from `from` up to (not with) `to` into the set, or takes them out. */
export function fill(words: CellWords, from: number, to: number, on: boolean): void {
  for (let bit = Math.max(0, from), end = Math.min(to, words.length * 32); bit < end;) {
    const word = bit >>> 5
    const low = bit & 31
    const high = Math.min(32, low + end - bit)
    const mask = high - low === 32 ? 0xffffffff : ((1 << (high - low)) - 1) << low
    words[word] = on ? words[word]! | mask : words[word]! & ~mask
    bit += high - low
  }
}

export const has = (words: CellWords, bit: number): boolean =>
  bit >= 0 && bit < words.length * 32 && (words[bit >>> 5]! & (1 << (bit & 31))) !== 0

/** Whether all of `from` up to (not with) `to` are in the set. */
export function hasAll(words: CellWords, from: number, to: number): boolean {
  for (let bit = from; bit < to; bit += 1) if (!has(words, bit)) return false
  return true
}

/** Where a run of at least `length` cells of the set begins. */
export function runStarts(words: CellWords, length: number): CellWords {
  const starts = words.slice()
  for (let have = 1; have < length;) {
    const step = Math.min(have, length - have)
    andShifted(starts, step)
    have += step
  }
  return starts
}

/** Keeps bit `i` only where bit `i + step` is set, too. */
function andShifted(words: CellWords, step: number): void {
  const [whole, part] = [step >>> 5, step & 31]
  for (let i = 0; i < words.length; i += 1) {
    const near = words[i + whole] ?? 0
    const shifted = part === 0 ? near : (near >>> part) | ((words[i + whole + 1] ?? 0) << (32 - part))
    words[i] = words[i]! & shifted
  }
}

/** How many cells from `from` up to (not with) `to` are in the set. */
export function count(words: CellWords, from: number, to: number): number {
  let sum = 0
  const end = Math.min(to, words.length * 32)
  for (let bit = Math.max(0, from); bit < end;) {
    const low = bit & 31
    const high = Math.min(32, low + end - bit)
    let word = words[bit >>> 5]! >>> low
    if (high - low < 32) word &= (1 << (high - low)) - 1
    word -= (word >>> 1) & 0x55555555
    word = (word & 0x33333333) + ((word >>> 2) & 0x33333333)
    sum += (((word + (word >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24
    bit += high - low
  }
  return sum
}

/** The first cell of the set at or after `from`; -1 where there is none before `to`. */
export function next(words: CellWords, from: number, to: number): number {
  const end = Math.min(to, words.length * 32)
  for (let bit = Math.max(0, from); bit < end;) {
    const rest = words[bit >>> 5]! >>> (bit & 31)
    if (rest !== 0) {
      const found = bit + (31 - Math.clz32(rest & -rest))
      return found < end ? found : -1
    }
    bit = (bit | 31) + 1
  }
  return -1
}

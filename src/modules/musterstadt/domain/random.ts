/** Random choices that come out the same on every machine and in every run. */
export interface Random {
  /** 0 (included) to 1 (excluded). */
  next(): number
  /** Whole number from `min` to `max`, both included. */
  int(min: number, max: number): number
  pick<T>(list: readonly T[]): T
  chance(probability: number): boolean
  /** A new list in another order. */
  shuffle<T>(list: readonly T[]): T[]
  /** A UUID of version 8 (RFC 9562: made by the program's own rule), or with a time one of version 7, which sorts by it. */
  uuid(at?: Temporal.Instant): string
}

/** The generator sfc32 (Chris Doty-Humphrey, PractRand), started from a hash of `seed`. */
export function random(seed: string): Random {
  const next32 = sfc32(hash(seed, 1), hash(seed, 2), hash(seed, 3), hash(seed, 4))
  for (let i = 0; i < 12; i++) next32()
  const next = () => next32() / 0x1_0000_0000
  const int = (min: number, max: number) => min + Math.floor(next() * (max - min + 1))
  return {
    next,
    int,
    pick: (list) => list[Math.floor(next() * list.length)]!,
    chance: (probability) => next() < probability,
    shuffle: (list) => {
      const copy = [...list]
      for (let i = copy.length - 1; i > 0; i--) {
        const j = int(0, i)
        ;[copy[i], copy[j]] = [copy[j]!, copy[i]!]
      }
      return copy
    },
    uuid: (at) => {
      const drawn = [next32(), next32(), next32(), next32()].map((word) => word.toString(16).padStart(8, '0')).join('')
      const hex = at ? at.epochMilliseconds.toString(16).padStart(12, '0') + drawn.slice(12) : drawn
      const variant = '89ab'[Number.parseInt(hex[16]!, 16) & 3]!
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${at ? 7 : 8}${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`
    },
  }
}

function sfc32(a: number, b: number, c: number, d: number): () => number {
  return () => {
    const t = (a + b + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + t) | 0
    return t >>> 0
  }
}

/** FNV-1a over the text and a salt, finished by a mixing step. */
function hash(text: string, salt: number): number {
  let h = 0x811c9dc5 ^ Math.imul(salt, 0x9e3779b1)
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  h ^= h >>> 16
  h = Math.imul(h, 0x85ebca6b)
  return (h ^ (h >>> 13)) | 0
}

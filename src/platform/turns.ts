/** Too many wait already: the person is asked to come back in a moment (503 with Retry-After). */
export class Busy extends Error {
  override name = 'Busy'
}

/**
 * For work that costs much and that everybody may ask for, from however many addresses: `atOnce` at a time, `waiting`
 * more stand in line, and whoever comes then is sent away at once instead of making all others wait longer.
 */
export function turns({ atOnce, waiting }: { readonly atOnce: number; readonly waiting: number }) {
  const line: (() => void)[] = []
  let running = 0
  return async <T>(work: () => Promise<T> | T): Promise<T> => {
    if (running >= atOnce && line.length >= waiting) throw new Busy()
    if (running >= atOnce) await new Promise<void>((resolve) => line.push(resolve))
    else running += 1
    try {
      return await work()
    } finally {
      const next = line.shift()
      // Not at once: between two turns of work that holds the processor other requests are answered.
      if (next) setImmediate(next)
      else running -= 1
    }
  }
}

/**
 * Turns many writes into few: what comes in while one is under way goes into the next. `write` answers each item in its
 * place; where it throws, each item of the batch is written alone, so that none pays for another.
 * @param most items of one write
 */
export function inBatches<T, R>(most: number, write: (items: readonly T[]) => Promise<readonly R[]>) {
  interface Waiting {
    readonly item: T
    readonly settle: PromiseWithResolvers<R>
  }
  const waiting: Waiting[] = []
  let running = false

  const alone = async ({ item, settle }: Waiting) => {
    try {
      settle.resolve((await write([item]))[0]!)
    } catch (error) {
      settle.reject(error)
    }
  }

  const run = async () => {
    running = true
    while (waiting.length > 0) {
      const batch = waiting.splice(0, most)
      try {
        const answers = await write(batch.map(({ item }) => item))
        batch.forEach(({ settle }, i) => settle.resolve(answers[i]!))
      } catch (error) {
        if (batch.length === 1) batch[0]!.settle.reject(error)
        else for (const one of batch) await alone(one)
      }
    }
    running = false
  }

  return (item: T): Promise<R> => {
    const settle = Promise.withResolvers<R>()
    waiting.push({ item, settle })
    // After this turn, so that what comes with the same event is in the first batch already.
    if (!running) {
      running = true
      setImmediate(() => void run())
    }
    return settle.promise
  }
}

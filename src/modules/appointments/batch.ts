/**
 * Turns many writes into few: what comes in while one is under way goes into the next. `write` answers each item in its
 * place; where it throws, all of the batch learn of it.
 * @param most items of one write
 */
export function inBatches<T, R>(most: number, write: (items: readonly T[]) => Promise<readonly R[]>) {
  const waiting: { item: T; settle: PromiseWithResolvers<R> }[] = []
  let running = false

  const run = async () => {
    running = true
    while (waiting.length > 0) {
      const batch = waiting.splice(0, most)
      try {
        const answers = await write(batch.map(({ item }) => item))
        batch.forEach(({ settle }, i) => settle.resolve(answers[i]!))
      } catch (error) {
        for (const { settle } of batch) settle.reject(error)
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

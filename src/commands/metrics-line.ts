import type { ChildProcess } from 'node:child_process'

/** How long a process that is busy may take to say what it measured; then it is left out. */
const PATIENCE_MS = 2_000

interface Word {
  readonly asks?: number
  readonly answers?: number
  readonly value?: unknown
}

/**
 * The channel between two processes of one start, on which each asks the other for metrics. `answer`: what this end says.
 * Returns what asks the other end; null where that says nothing in time.
 */
export function metricsLine(
  end: ChildProcess | NodeJS.Process,
  answer: () => Promise<unknown>,
): () => Promise<unknown> {
  const waiting = new Map<number, (value: unknown) => void>()
  let asked = 0
  const say = (word: Word) => {
    if (end.connected) end.send?.(word)
  }
  end.on('message', (word: Word) => {
    const { asks, answers } = word
    if (asks !== undefined) void answer().then((value) => say({ answers: asks, value }))
    if (answers !== undefined) waiting.get(answers)?.(word.value)
  })
  return () =>
    new Promise((resolve) => {
      const turn = (asked += 1)
      const timer = setTimeout(() => done(null), PATIENCE_MS)
      const done = (value: unknown) => {
        clearTimeout(timer)
        waiting.delete(turn)
        resolve(value)
      }
      waiting.set(turn, done)
      say({ asks: turn })
    })
}

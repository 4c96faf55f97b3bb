import { expect, test } from 'vitest'
import { inBatches } from './batch.ts'

/** Writes that end when they are told to. */
function writes() {
  const under: { readonly items: readonly number[]; readonly end: PromiseWithResolvers<void> }[] = []
  const write = async (items: readonly number[]) => {
    const end = Promise.withResolvers<void>()
    under.push({ items, end })
    await end.promise
    return items.map((item) => item * 2)
  }
  const sizes = () => under.map(({ items }) => items.length)
  return { write, sizes, end: (i: number) => under[i]!.end.resolve() }
}

const turn = () => new Promise((done) => setImmediate(done))
const numbers = (count: number) => Array.from({ length: count }, (_, i) => i)

test('what comes while one write is under way goes into the next, and each is answered in its place', async () => {
  const { write, sizes, end } = writes()
  const put = inBatches(3, write)
  const answers = numbers(3).map((n) => put(n))
  await turn()
  expect(sizes()).toEqual([3])
  answers.push(...[3, 4, 5, 6].map((n) => put(n)))
  await turn()
  expect(sizes()).toEqual([3])
  end(0)
  await turn()
  expect(sizes()).toEqual([3, 3])
  end(1)
  await turn()
  end(2)
  expect(sizes()).toEqual([3, 3, 1])
  expect(await Promise.all(answers)).toEqual(numbers(7).map((n) => n * 2))
})

test('of a write that fails each is written alone, and only what fails then is refused', async () => {
  const put = inBatches(5, async (items: readonly number[]) => {
    if (items.includes(2)) throw new Error('two')
    return items
  })
  const answers = await Promise.allSettled(numbers(5).map((n) => put(n)))
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled', 'fulfilled'])
  expect(await put(7)).toBe(7)
})

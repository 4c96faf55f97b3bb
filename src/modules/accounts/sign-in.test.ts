import { describe, expect, test } from 'vitest'
import { testCity } from '#src/testing/city.ts'
import { addCitizen } from './public.ts'

const city = await testCity()
const ctx = await city.ctx()

describe('who asks', () => {
  test('somebody with a session is known, and staff come with the units in which they may do things', async () => {
    await addCitizen(ctx, { name: 'Ida Test', email: 'Ida@Example.org' })
    const asking = await city.ctx({ as: 'ida@example.org' })
    expect(asking.account).toMatchObject({ kind: 'citizen', email: 'ida@example.org' })
  })
})

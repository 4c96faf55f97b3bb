import { describe, expect, test } from 'vitest'
import { walkMinutes } from './walk.ts'

const house = (point: readonly [number, number] | null, houseNumber = '1') => ({
  street: 'Gerberstraße',
  houseNumber,
  postcode: '73801',
  point,
})

describe('the way from one office to another', () => {
  test.each<[string, Parameters<typeof walkMinutes>, number]>([
    ['within a house is none', [house([9.3, 48.7]), house([9.3, 48.7])], 0],
    ['is as long as people walk', [house([9.3, 48.7]), house([9.3, 48.709], '2')], 22],
    ['is as long to the east, where degrees are shorter', [house([9.3, 48.7]), house([9.3136, 48.7], '2')], 22],
    ['to who knows where takes a while', [house(null), house([9.3, 48.7], '2')], 10],
    ['across the country is not waited for', [house([9.3, 48.7]), house([13.4, 52.5], '2')], 45],
  ])('%s', (_, [from, to], minutes) => {
    expect(walkMinutes(from, to)).toBe(minutes)
    expect(walkMinutes(to, from)).toBe(minutes)
  })
})

import { describe, expect, test } from 'vitest'
import { normalisePlate } from './plate.ts'

describe('a number plate', () => {
  test.each([
    ['S-AB 1234', 'S-AB 1234'],
    ['s ab 1234', 'S-AB 1234'],
    ['S-AB1234', 'S-AB 1234'],
    ['  ka-mw 12 e ', 'KA-MW 12E'],
    ['ES-X 1', 'ES-X 1'],
    ['TÜ-ab 99', 'TÜ-AB 99'],
    ['tu\u0308-ab 99', 'TÜ-AB 99'],
    ['B–KH 77H', 'B-KH 77H'],
    ['BGL AB 123', 'BGL-AB 123'],
    ['sa1', 'S-A 1'],
    ['S.AB.1234', 'S-AB 1234'],
  ])('%j is kept as %j', (typed, kept) => {
    expect(normalisePlate(typed)).toBe(kept)
  })

  test.each([
    ['', 'nothing'],
    ['SAB1234', 'without a separator it could be S-AB or SA-B'],
    ['S-AB 0123', 'no zero in front (FZV Anlage 2)'],
    ['S-AB 12345', 'four digits at most'],
    ['ES-AB 1234E', 'eight signs at most, the suffix counted'],
    ['ABCD-E 1', 'three letters of the district at most'],
    ['S-ABC 123', 'two letters at most'],
    ['S-ÄB 12', 'no umlaut after the district'],
    ['S-AB 12X', 'no other suffix'],
    ['S-AB', 'no digits'],
    ["S-AB 1'; drop table", 'no plate at all'],
  ])('%j is none: %s', (typed) => {
    expect(normalisePlate(typed)).toBeNull()
  })
})

import { expect, test } from 'vitest'
import { violationWords } from './details.ts'

test.each([
  ['minItems', 1, 'Mindestens 1 Eintrag.', 'At least 1 item.'],
  ['minItems', 2, 'Mindestens 2 Einträge.', 'At least 2 items.'],
  ['maxItems', 1, 'Höchstens 1 Eintrag.', 'At most 1 item.'],
  ['minLength', 1, 'Mindestens 1 Zeichen.', 'At least 1 character.'],
  ['maxLength', 80, 'Höchstens 80 Zeichen.', 'At most 80 characters.'],
])('one is said otherwise than many: %s %i', (keyword, limit, de, en) => {
  const violation = { keyword, params: { limit } }
  expect([violationWords(violation, 'de'), violationWords(violation, 'en')]).toEqual([de, en])
})

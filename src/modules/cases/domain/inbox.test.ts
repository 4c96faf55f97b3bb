import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { inboxQuery, readCursor, readInboxFilter, SORTS, writeCursor, type InboxFilter } from './inbox.ts'

const id = '0197c2d0-0000-7000-8000-000000000000'
const filters: fc.Arbitrary<InboxFilter> = fc.record({
  unit: fc.constantFrom(null, 'buergeramt'),
  service: fc.constantFrom(null, 'resident-parking'),
  state: fc.constantFrom(null, 'review'),
  assignee: fc.constantFrom(null, 'me', 'none', id),
  phase: fc.constantFrom('open', 'closed', 'all'),
  due: fc.constantFrom(null, 'overdue', 'week'),
  followUp: fc.constantFrom(null, 'due', 'any'),
  news: fc.boolean(),
  q: fc.string({ maxLength: 40 }).map((text) => text.trim()),
  sort: fc.constantFrom(...SORTS),
})

describe('the address of a list', () => {
  it('says everything that the list was asked for', () => {
    fc.assert(
      fc.property(filters, (filter) => {
        const query = Object.fromEntries(new URLSearchParams(inboxQuery(filter)))
        expect(readInboxFilter(query)).toEqual(filter)
      }),
    )
  })
  it('is empty for the plain inbox', () => {
    expect(inboxQuery(readInboxFilter({}))).toBe('')
  })
  it('never fails, whatever somebody puts into it', () => {
    const anything = fc.dictionary(fc.constantFrom('unit', 'state', 'sort', 'q', 'assignee', 'due'), fc.anything())
    fc.assert(fc.property(anything, (query) => void readInboxFilter(query)))
  })
})

test.each([
  ['opened', '2026-11-21T10:00:00.123456Z'],
  ['-due', '2026-11-21'],
] as const)('a place in a list sorted by %s is found again', (sort, value) => {
  expect(readCursor(writeCursor({ value, id }), sort)).toEqual({ value, id })
})

test.each([
  '',
  'x',
  '%%%',
  Buffer.from(`2026-13-45|${id}`).toString('base64url'),
  Buffer.from('2026-11-21|1').toString('base64url'),
  7,
  Buffer.from(`2026-11-21[u-ca=islamic]|${id}`).toString('base64url'),
  Buffer.from(`+275760-09-13|${id}`).toString('base64url'),
])('a place that no list gave out (%j) is the start', (text) => {
  expect(readCursor(text, 'due')).toBeNull()
})

import { buffer } from 'node:stream/consumers'
import type { Readable } from 'node:stream'
import { expect, it, test } from 'vitest'
import { csvReply, type Cell } from './csv.ts'

const stream = (rows: Parameters<typeof csvReply>[2]): Readable =>
  (csvReply('liste.csv', ['Name', 'Wert'], rows) as unknown as { body: Readable }).body
const text = async (rows: readonly (readonly Cell[])[]) => (await buffer(stream(rows))).toString('utf8')

it('a list opens in German spreadsheets as it is: UTF-8 with its mark, semicolons, lines as on Windows', async () => {
  expect(await text([['Jürgen "Jo" Groß; Sohn', 'zwei\nZeilen']])).toBe(
    '\uFEFFName;Wert\r\n"Jürgen ""Jo"" Groß; Sohn";"zwei\nZeilen"\r\n',
  )
})

test.each([
  ['=cmd|calc', "'=cmd|calc"],
  ['+49 711', "'+49 711"],
  ['-1+1', "'-1+1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t=1"],
  ['-12,50', '-12,50'],
  ['+3', '+3'],
  ['a=b', 'a=b'],
])('what a spreadsheet would run as a formula (%j) is written as text', async (typed, written) => {
  expect(await text([[typed, '']])).toContain(`\r\n${written};`)
})

test.each([
  [7.8, '7,8'],
  [-0.5, '-0,5'],
  [12, '12'],
  [Temporal.Instant.from('2026-10-17T12:30:05.123456Z'), '2026-10-17 14:30:05'],
  [Temporal.Instant.from('2026-12-01T23:30:00Z'), '2026-12-02 00:30:00'],
  [Temporal.PlainDate.from('2026-10-17'), '2026-10-17'],
])('%s is written so that German spreadsheets read it: %s', async (value, written) => {
  expect(await text([[value, '']])).toContain(`\r\n${written};`)
})

it('a list that fails half-way ends its reply and not the program', async () => {
  const rows = (async function* () {
    yield ['a', '1']
    await Promise.resolve()
    throw new Error('the database is gone')
  })()
  await expect(buffer(stream(rows))).rejects.toThrow('the database is gone')
})

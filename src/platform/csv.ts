import { pipeline, Readable } from 'node:stream'
import { stringify } from 'csv-stringify'
import { fileReply, type Reply } from './http/reply.ts'
import { CITY_TIME_ZONE } from './time/clock.ts'

export type Cell = string | number | boolean | null | undefined | Temporal.Instant | Temporal.PlainDate

/**
 * A list as CSV that German spreadsheets open as it is: UTF-8 with BOM, semicolons, CRLF, decimal commas (with a point 7.8
 * is read as a date), moments in the city's time to the second, as in `2026-10-17 14:30:05`; streamed.
 */
export function csvReply(
  name: string,
  header: readonly string[],
  rows: AsyncIterable<readonly Cell[]> | Iterable<readonly Cell[]>,
): Reply {
  // Any line break within a cell is quoted, and not only the one that ends lines.
  const format = stringify({ delimiter: ';', bom: true, record_delimiter: 'windows', quoted_match: /[\r\n]/ })
  const lines = async function* () {
    yield header.map(cell)
    for await (const row of rows) yield row.map(cell)
  }
  // A list that fails half-way (or a reader who leaves) ends the reply; with `pipe` it would end the program.
  const body = pipeline(Readable.from(lines()), format, () => undefined)
  return fileReply({ body, kind: 'text/csv; charset=utf-8', name, inline: false })
}

function words(value: NonNullable<Cell>): string {
  if (typeof value === 'number') return String(value).replace('.', ',')
  if (!(value instanceof Temporal.Instant)) return String(value)
  const local = value.toZonedDateTimeISO(CITY_TIME_ZONE).toPlainDateTime()
  return local.toString({ smallestUnit: 'second' }).replace('T', ' ')
}

/** Text that a spreadsheet would run as a formula gets an apostrophe in front (OWASP, CSV injection). */
function cell(value: Cell): string {
  if (value === null || value === undefined) return ''
  const text = words(value)
  return /^[=+\-@\t\r]/.test(text) && !/^[+-]?\d+([.,]\d+)?$/.test(text) ? `'${text}` : text
}

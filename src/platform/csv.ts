import { Readable } from 'node:stream'
import { stringify } from 'csv-stringify'
import { fileReply, type Reply } from './http/reply.ts'

export type Cell = string | number | boolean | null | undefined | Temporal.Instant | Temporal.PlainDate

/** A list as CSV that German spreadsheets open as it is: UTF-8 with BOM, semicolons, CRLF; streamed. */
export function csvReply(
  name: string,
  header: readonly string[],
  rows: AsyncIterable<readonly Cell[]> | Iterable<readonly Cell[]>,
): Reply {
  const format = stringify({ delimiter: ';', bom: true, record_delimiter: 'windows' })
  const lines = async function* () {
    yield header.map(cell)
    for await (const row of rows) yield row.map(cell)
  }
  const body = Readable.from(lines()).pipe(format)
  return fileReply({ body, kind: 'text/csv; charset=utf-8', name, inline: false })
}

/** Text that a spreadsheet would run as a formula gets an apostrophe in front (OWASP, CSV injection). */
function cell(value: Cell): string {
  if (value === null || value === undefined) return ''
  const text = String(value)
  return /^[=+\-@\t\r]/.test(text) && !/^[+-]?\d+([.,]\d+)?$/.test(text) ? `'${text}` : text
}

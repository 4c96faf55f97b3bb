import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { inflateSync } from 'node:zlib'

/** Comes with KERN, is free (OFL 1.1) and has the letters of all European names, Greek and Cyrillic ones too. */
export const LETTER_FONT = 'Noto Sans'

/** The faces of `LETTER_FONT`, regular and bold, as Typst reads fonts. */
export function letterFaces(): Buffer[] {
  const kern = dirname(createRequire(import.meta.url).resolve('@kern-ux/native/package.json'))
  const face = (file: string) => unpacked(readFileSync(join(kern, 'dist/fonts/noto-sans', file)))
  return [face('NotoSans-Regular.woff'), face('NotoSans-Bold.woff')]
}

/** Bytes of a header and of each entry of its directory: as browsers load a font (WOFF), and as it was before (OpenType). */
const WOFF = { head: 44, entry: 20 }
const OPEN_TYPE = { head: 12, entry: 16 }

/** A font as it was before it was packed for the web (W3C, WOFF File Format 1.0): each of its tables is compressed by itself. */
function unpacked(woff: Buffer): Buffer {
  const count = woff.readUInt16BE(12)
  const head = Buffer.alloc(OPEN_TYPE.head + count * OPEN_TYPE.entry)
  woff.copy(head, 0, 4, 8)
  head.writeUInt16BE(count, 4)
  const parts = [head]
  let end = head.length
  for (let n = 0; n < count; n++) {
    const from = WOFF.head + n * WOFF.entry
    const to = OPEN_TYPE.head + n * OPEN_TYPE.entry
    const [offset, packed, length] = [4, 8, 12].map((at) => woff.readUInt32BE(from + at)) as [number, number, number]
    const bytes = woff.subarray(offset, offset + packed)
    // Tables begin at multiples of four.
    const table = Buffer.alloc(Math.ceil(length / 4) * 4)
    table.set(packed < length ? inflateSync(bytes) : bytes)
    // Name and checksum stay; place and length are new.
    woff.copy(head, to, from, from + 4)
    woff.copy(head, to + 4, from + 16, from + 20)
    head.writeUInt32BE(end, to + 8)
    head.writeUInt32BE(length, to + 12)
    parts.push(table)
    end += table.length
  }
  return Buffer.concat(parts)
}

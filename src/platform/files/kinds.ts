import { open } from 'node:fs/promises'
import { fileTypeFromFile, supportedMimeTypes } from 'file-type'
import { open as openZip, type Entry, type ZipFile } from 'yauzl'

/** Kinds that browsers execute or that carry active content: never shown inline, always downloaded. */
const ACTIVE = /(html|svg|xml|javascript|x-msdownload|x-executable|x-sh|ecmascript)/

/** Kinds that browsers show as plain content. */
const INLINE = new Set(['application/pdf', 'image/png', 'image/jpeg', 'image/webp', 'image/gif', 'text/plain'])

export const mayShowInline = (kind: string) => INLINE.has(kind) && !ACTIVE.test(kind)

/** Media type from the bytes; the name is not asked. Text without a signature is `text/plain`, the rest is unknown. */
export async function kindOfFile(path: string): Promise<string> {
  const found = await fileTypeFromFile(path)
  if (found) return found.mime
  const handle = await open(path)
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(4096), 0, 4096, 0)
    return kindOfText(buffer.subarray(0, bytesRead))
  } finally {
    await handle.close()
  }
}

/** Whether `kindOfFile` can ever say so. */
export const isKnownKind = (kind: string): boolean => supportedMimeTypes.has(kind) || TEXT_KINDS.has(kind)

const TEXT_KINDS = new Set(['text/plain', 'image/svg+xml', 'text/html', 'application/xml'])

function kindOfText(head: Buffer): string {
  const text = head.toString('utf8')
  if (head.includes(0)) return 'application/octet-stream'
  if (text.startsWith('#!')) return 'application/x-sh'
  const start = text
    .replace(/^\uFEFF/, '')
    .trimStart()
    .slice(0, 500)
    .toLowerCase()
  if (/<svg[\s>]/.test(start)) return 'image/svg+xml'
  if (/^<!doctype html|<html[\s>]|<script[\s>]|<body[\s>]/.test(start)) return 'text/html'
  if (start.startsWith('<?xml') || /^<[a-z][\w:-]*[\s>]/.test(start)) return 'application/xml'
  // A character cut at the end of what was read is no broken text.
  return text.slice(0, -4).includes('\uFFFD') ? 'application/octet-stream' : 'text/plain'
}

const ZIP_KINDS = /zip|officedocument|opendocument|epub|x-7z|java-archive/
const MAX_UNPACKED = 200 * 1024 * 1024
const MAX_ENTRIES = 2_000
const MAX_RATIO = 200

/** Whether a document that is an archive (docx, odt …) would unpack to something unreasonable; read from its directory. */
export async function isArchiveBomb(path: string, kind: string, bytes: number): Promise<boolean> {
  if (!ZIP_KINDS.test(kind)) return false
  return new Promise((resolve) => {
    openZip(path, { lazyEntries: true, autoClose: true }, (error: Error | null, zip?: ZipFile) => {
      if (error || !zip) return resolve(true)
      let unpacked = 0
      let entries = 0
      const stop = (bomb: boolean) => {
        zip.close()
        resolve(bomb)
      }
      zip.on('entry', (entry: Entry) => {
        unpacked += entry.uncompressedSize
        entries += 1
        const nested = /\.(zip|7z|rar|gz|bz2|xz|jar)$/i.test(entry.fileName)
        if (nested || entries > MAX_ENTRIES || unpacked > MAX_UNPACKED || unpacked > bytes * MAX_RATIO) stop(true)
        else zip.readEntry()
      })
      zip.on('end', () => resolve(false))
      zip.on('error', () => resolve(true))
      zip.readEntry()
    })
  })
}

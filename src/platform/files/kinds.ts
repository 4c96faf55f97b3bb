import { open } from 'node:fs/promises'
import { fileTypeFromFile, supportedMimeTypes } from 'file-type'

/** Kinds that browsers execute or that carry active content: never shown inline, always downloaded. */
const ACTIVE = /(html|svg|xml|javascript|x-msdownload|x-executable|x-sh|ecmascript)/

/** Kinds that browsers show as plain content. */
const INLINE = new Set(['application/pdf', 'image/png', 'image/jpeg', 'image/webp', 'image/gif', 'text/plain'])

const ENDINGS: Readonly<Record<string, readonly string[]>> = {
  'application/pdf': ['.pdf'],
  'image/png': ['.png'],
  'image/jpeg': ['.jpg', '.jpeg'],
  'image/webp': ['.webp'],
  'image/gif': ['.gif'],
  'image/heic': ['.heic', '.heif'],
  'text/plain': ['.txt', '.csv'],
}

/** A name that says what the bytes are: whoever saves `Rechnung.exe`, a PDF, gets `Rechnung.exe.pdf`. */
export function nameOfKind(name: string, kind: string): string {
  const endings = ENDINGS[kind] ?? []
  return endings.length === 0 || endings.some((ending) => name.toLowerCase().endsWith(ending))
    ? name
    : name + endings[0]
}

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

import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { fail, ok, type Result } from '#platform/problem.ts'
import { MOST_STATEMENT_BYTES, type StatementProblem } from './statement.ts'

/** CAMT.053 nests 12 levels deep. */
const MOST_LEVELS = 40

export type XmlNode = { readonly [name: string]: XmlValue }
export type XmlValue = string | XmlNode | readonly (string | XmlNode)[] | undefined

/**
 * XML from outside into plain objects, strictly: no DOCTYPE and so no entities of its own (no billion laughs, no external
 * files), limited in size and depth, well-formed, in an encoding that is declared and true.
 */
export function parseXml(bytes: Uint8Array): Result<XmlNode, StatementProblem> {
  if (bytes.length > MOST_STATEMENT_BYTES) return fail('too-large')
  const text = decode(bytes)
  if (text === null) return fail('encoding')
  if (!/^\s*<(\?xml|[A-Za-z_])/.test(text)) return fail('not-xml')
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) return fail('has-doctype')
  if (levels(text) > MOST_LEVELS) return fail('too-deep')
  if (XMLValidator.validate(text) !== true) return fail('not-xml')
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    removeNSPrefix: true,
    parseTagValue: false,
    processEntities: false,
    tagValueProcessor: (_name, value) => unescape(value),
    attributeValueProcessor: (_name, value) => unescape(value),
  })
  try {
    return ok(parser.parse(text) as XmlNode)
  } catch {
    // What the validator lets through and the parser does not: an instruction without its end, for example.
    return fail('not-xml')
  }
}

const ENCODINGS = new Set(['utf-8', 'utf-16', 'us-ascii', 'ascii', 'iso-8859-1', 'iso-8859-15', 'windows-1252'])

/** By byte order mark or declaration; UTF-8 where neither says otherwise (XML 1.0, appendix F). */
function decode(bytes: Uint8Array): string | null {
  const utf16 = (bytes[0] === 0xfe && bytes[1] === 0xff) || (bytes[0] === 0xff && bytes[1] === 0xfe)
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1')
  const declared =
    /^\s*(?:\u00EF\u00BB\u00BF)?<\?xml[^>]*encoding=["']([\w-]+)["']/.exec(head)?.[1]?.toLowerCase() ?? 'utf-8'
  if (!utf16 && !ENCODINGS.has(declared)) return null
  const encoding = utf16 ? (bytes[0] === 0xfe ? 'utf-16be' : 'utf-16le') : declared === 'utf-16' ? 'utf-16le' : declared
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
    return text.includes('\u0000') ? null : text
  } catch {
    return null
  }
}

/**
 * Deepest nesting of elements, counted before anything recursive reads the text. Goes on behind each element's end: one
 * million beginnings without an end would else be a million searches through the whole file.
 */
function levels(text: string): number {
  let deepest = 0
  let now = 0
  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', at + 1)) {
    const next = text[at + 1]
    if (next === '!' || next === '?') continue
    const end = text.indexOf('>', at)
    if (end === -1) break
    if (next === '/') now -= 1
    else if (text[end - 1] !== '/') deepest = Math.max(deepest, ++now)
    at = end
  }
  return deepest
}

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/** The five entities of XML and numbered characters; anything else stays as it is. */
function unescape(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(lt|gt|amp|quot|apos));/gi,
    (whole, hex: string, decimal: string, name: string) => {
      if (name) return NAMED[name.toLowerCase()] ?? whole
      const code = hex ? parseInt(hex, 16) : Number(decimal)
      const isCharacter = code >= 32 ? code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) : [9, 10, 13].includes(code)
      return isCharacter ? String.fromCodePoint(code) : ' '
    },
  )
}

/** Children of that name; an element that stands once is a list of one. */
export function children(node: XmlValue, name: string): readonly XmlNode[] {
  const value = isNode(node) ? node[name] : undefined
  const list = value === undefined ? [] : Array.isArray(value) ? value : [value]
  return list.filter(isNode)
}

/** The first child down the path; undefined where one is missing. */
export function child(node: XmlValue, ...path: readonly string[]): XmlValue {
  let at: XmlValue = node
  for (const name of path) {
    const value: XmlValue = isNode(at) ? at[name] : undefined
    at = Array.isArray(value) ? (value[0] as XmlValue) : value
  }
  return at
}

/** Text at the path, '' where there is none. */
export function textAt(node: XmlValue, ...path: readonly string[]): string {
  const value = child(node, ...path)
  if (typeof value === 'string') return value.trim()
  const text = isNode(value) ? value['#text'] : undefined
  return typeof text === 'string' ? text.trim() : ''
}

/** Texts of every child of that name. */
export function textsAt(node: XmlValue, name: string): string[] {
  const value = isNode(node) ? node[name] : undefined
  const list = value === undefined ? [] : Array.isArray(value) ? value : [value]
  return list
    .map((one) =>
      typeof one === 'string' ? one.trim() : isNode(one) && typeof one['#text'] === 'string' ? one['#text'].trim() : '',
    )
    .filter(Boolean)
}

const isNode = (value: unknown): value is XmlNode =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

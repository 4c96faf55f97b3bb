import { createRequire } from 'node:module'
import type { CompileDocArgs, NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import type { Locale } from '../i18n/locale.ts'
import { LETTER_FONT, letterFaces } from './fonts.ts'

export interface PdfInput {
  /** Typst source. Data are in `json(bytes(sys.inputs.data))`. */
  readonly source: string
  readonly data: object
  readonly title: string
  readonly locale: Locale
}

/** A folder that does not exist: a template can read the files that it is given and nothing else. */
const WORKSPACE = '/rathaus-letters'
/** Code units of one text: beyond 65,535 bytes in a line the PDF library ends the whole program. */
const LONGEST_TEXT = 16_000
/** What a person reads in place of a character that the fonts do not have. */
const UNKNOWN = '\u25a1'
/** Each try finds what the one before hid; after two nothing new was ever seen. */
const TRIES = 4

/** What all letters have in common; a template may set it otherwise. */
const LOOK = `#set document(title: sys.inputs.title)
#set text(font: "${LETTER_FONT}", lang: sys.inputs.locale)
#show heading: set block(below: 1em)
`

let compiler: NodeCompiler | null = null

/** Loaded by the first letter: library and fonts are large, and a program that makes none does without. */
function compilerOnce(): NodeCompiler {
  if (compiler) return compiler
  const require = createRequire(import.meta.url)
  const typst =
    require('@myriaddreamin/typst-ts-node-compiler') as typeof import('@myriaddreamin/typst-ts-node-compiler')
  return (compiler = typst.NodeCompiler.create({ workspace: WORKSPACE, fontArgs: [{ fontBlobs: letterFaces() }] }))
}

/**
 * Compiles to PDF/UA-1 (ISO 14289-1), tagged, with title and language. PDF/UA takes no character without a glyph: an emoji
 * or a Chinese name, which people type, becomes a box there, so that their letter is made all the same.
 * @throws Error with Typst's own words
 */
export function compilePdf(input: PdfInput): Buffer {
  const compiler = compilerOnce()
  try {
    const missing = new Set<string>()
    for (let tries = 1; ; tries++) {
      try {
        return render(compiler, input, missing)
      } catch (error) {
        const found = withoutGlyph(error instanceof Error ? error.message : '').filter((sign) => !missing.has(sign))
        if (found.length === 0 || tries === TRIES) throw error
        for (const sign of found) missing.add(sign)
      }
    }
  } finally {
    compiler.evictCache(10)
  }
}

function render(compiler: NodeCompiler, input: PdfInput, missing: ReadonlySet<string>): Buffer {
  const shown = (text: string) => {
    if (text.length > LONGEST_TEXT) throw new Error(`a text of the letter has more than ${LONGEST_TEXT} characters`)
    return [...text.toWellFormed()].map((sign) => (missing.has(sign) ? UNKNOWN : sign)).join('')
  }
  const data = JSON.stringify(input.data, (_key, value: unknown) => (typeof value === 'string' ? shown(value) : value))
  // Title and data are handed over and never part of the source: nothing that somebody typed is read as Typst.
  const document: CompileDocArgs = {
    mainFileContent: `${LOOK}${input.source}`,
    inputs: { data, title: shown(input.title), locale: input.locale },
  }
  try {
    // In one step: a compiled document in our hands is freed only when V8, which cannot see its size, next collects.
    // 1,500 receipts took 1,007 MB with `compile` and then `pdf`, 200 MB like this.
    return Buffer.from(compiler.pdf(document, { pdfStandard: 'ua-1' as never }))
  } catch (error) {
    throw mistakeIn(compiler, document) ?? error
  }
}

/** Characters that the PDF could not be written with, from Typst's words: `could not be displayed with font`, `disallowed codepoint`. */
function withoutGlyph(words: string): string[] {
  const named = words.matchAll(/the text (?:contains the disallowed codepoint )?`\\?"(.+?)\\?"`/g)
  return [...named].flatMap(([, text]) => [
    ...text!.replaceAll(/\\+u\{([0-9a-f]{1,6})\}/g, (_, code: string) =>
      String.fromCodePoint(Number.parseInt(code, 16)),
    ),
  ])
}

/**
 * What keeps a template from being read at all, whatever the data; null where nothing does. Typst reads the whole text
 * before it works on it, so one that stops at once shows errors of the text alone. It names no line: that is the first
 * after which every beginning of the text is wrong.
 */
export function templateProblem(source: string): { readonly line: number; readonly reason: string } | null {
  const reason = syntaxError(source)
  if (reason === null) return null
  const lines = source.split('\n')
  const good = lines.findLastIndex((_, at) => syntaxError(lines.slice(0, at + 1).join('\n')) === null)
  return { line: good + 2, reason }
}

function syntaxError(source: string): string | null {
  const stop = '#panic("read")\n'
  const result = compilerOnce().compile({ mainFileContent: stop + source, inputs: { data: '{}' } })
  const [first] = (result.takeDiagnostics()?.shortDiagnostics ?? []) as { message: string }[]
  return first === undefined || first.message.startsWith('panicked') ? null : first.message
}

/** What is wrong with the template, with its lines: `pdf` alone does not say. null where only the standard is not met. */
function mistakeIn(compiler: NodeCompiler, document: CompileDocArgs): Error | null {
  const found = compiler.compile(document).takeDiagnostics()?.shortDiagnostics ?? []
  return found.length === 0
    ? null
    : new Error(`the letter template does not compile: ${JSON.stringify(found).slice(0, 1000)}`)
}

import { NodeCompiler, type NodeTypstDocument } from '@myriaddreamin/typst-ts-node-compiler'
import type { Locale } from '../i18n/locale.ts'

export interface PdfInput {
  /** Typst source. Data are in `json(bytes(sys.inputs.data))`. */
  readonly source: string
  readonly data: object
  readonly title: string
  readonly locale: Locale
  /** Images and the like: name as used in the source (`/qr.svg`) → bytes. */
  readonly files?: Readonly<Record<string, Buffer>>
}

/** A folder that does not exist: a template can read the files that it is given and nothing else. */
const WORKSPACE = '/rathaus-letters'

let compiler: NodeCompiler | null = null

/** Compiles to PDF/UA-1 (ISO 14289-1), tagged, with title and language. @throws Error with Typst's own words */
export function renderPdf(input: PdfInput): Promise<Buffer> {
  compiler ??= NodeCompiler.create({ workspace: WORKSPACE })
  const mapped = Object.entries(input.files ?? {}).map(([name, bytes]) => [WORKSPACE + name, bytes] as const)
  for (const [name, bytes] of mapped) compiler.mapShadow(name, bytes)
  try {
    const source = `#set document(title: ${JSON.stringify(input.title)})\n#set text(lang: "${input.locale}")\n${input.source}`
    const compiled = compiler.compile({ mainFileContent: source, inputs: { data: JSON.stringify(input.data) } })
    if (compiled.hasError() || !compiled.result) throw new Error(diagnostics(compiled))
    const document: NodeTypstDocument = compiled.result
    return Promise.resolve(Buffer.from(compiler.pdf(document, { pdfStandard: 'ua-1' as never })))
  } finally {
    for (const [name] of mapped) compiler.unmapShadow(name)
    compiler.evictCache(30)
  }
}

function diagnostics(compiled: { takeDiagnostics(): { shortDiagnostics: unknown[] } | null }): string {
  return `the letter template does not compile: ${JSON.stringify(compiled.takeDiagnostics()?.shortDiagnostics ?? []).slice(0, 1000)}`
}

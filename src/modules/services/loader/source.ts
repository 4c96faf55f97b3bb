import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from 'yaml'
import type { DefinitionProblem } from './problem.ts'

export type Path = readonly (string | number)[]

/** One YAML file with its values, and the line of each. Problems are collected, not thrown. */
export class YamlSource {
  readonly file: string
  readonly data: unknown
  readonly problems: DefinitionProblem[] = []
  readonly #doc: Document
  readonly #lines = new LineCounter()

  constructor(file: string, text: string) {
    this.file = file
    this.#doc = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false, version: '1.2' })
    for (const error of [...this.#doc.errors, ...this.#doc.warnings]) {
      this.problems.push({ file, line: this.#lines.linePos(error.pos[0]).line, reason: error.message })
    }
    this.data = this.problems.length > 0 ? null : this.#doc.toJS({ maxAliasCount: 50 })
  }

  /** Notes a problem at the value under this path, or at the nearest one above that exists. */
  refuse(path: Path, reason: string): void {
    this.problems.push({ file: this.file, line: this.lineOf(path), reason })
  }

  lineOf(path: Path): number {
    let node: unknown = this.#doc.contents
    let at = offsetOf(node)
    for (const part of path) {
      const pair = isMap(node)
        ? node.items.find(({ key }) => isScalar(key) && String(key.value) === String(part))
        : undefined
      const next: unknown = pair ? pair.value : isSeq(node) ? node.items[Number(part)] : undefined
      if (pair) at = offsetOf(pair.key) ?? at
      else if (next === undefined) break
      at = (pair ? at : offsetOf(next)) ?? at
      node = next
    }
    return at === undefined ? 1 : this.#lines.linePos(at).line
  }
}

const offsetOf = (node: unknown): number | undefined => (node as Node | null)?.range?.[0]

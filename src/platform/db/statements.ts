export interface Statement {
  readonly sql: string
  /** Where it begins, from 1. */
  readonly line: number
}

/** What may hold a semicolon that ends no statement: comments, texts, names, bodies between dollars. */
const TOKEN = /--[^\n]*|\/\*[^]*?\*\/|\be'(?:[^'\\]|\\.|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\w*)\$[^]*?\$\1\$|;/gi

/**
 * A script as its statements. PostgreSQL says where a statement is wrong only if it cannot be read or names what is not
 * there; what fails while it runs (a value twice, a null) is found by its statement's line alone.
 */
export function statementsOf(script: string): Statement[] {
  const found: Statement[] = []
  let from = 0
  const add = (to: number) => {
    const text = script.slice(from, to)
    const words = text.replace(/^(?:\s|--[^\n]*|\/\*[^]*?\*\/)+/, '')
    const start = to - words.length
    if (words.trim() !== '') found.push({ sql: words, line: lineAt(script, start) })
    from = to
  }
  for (const { 0: token, index } of script.matchAll(TOKEN)) if (token === ';') add(index + 1)
  add(script.length)
  return found
}

/** @param offset of a character, from 0 */
export const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length

/** Reads CSV (RFC 4180) with commas, semicolons or tabs, told from the first line; quotes may hold line breaks. */
export function* parseCsv(text: string): Generator<{ line: number; cells: string[] }> {
  const source = text.replace(/^\uFEFF/, '')
  const head = source.slice(0, source.search(/[\r\n]|$/))
  const separator = [';', '\t', ','].find((candidate) => head.includes(candidate)) ?? ','
  let cells: string[] = []
  let cell = ''
  let quoted = false
  let line = 1
  let startLine = 1
  for (let i = 0; i < source.length; i++) {
    const char = source[i]!
    if (char === '\n') line += 1
    if (quoted) {
      if (char !== '"') cell += char
      else if (source[i + 1] === '"') cell += source[++i]!
      else quoted = false
    } else if (char === '"' && cell === '') {
      quoted = true
    } else if (char === separator) {
      cells.push(cell)
      cell = ''
    } else if (char === '\n') {
      cells.push(cell.replace(/\r$/, ''))
      if (cells.some((value) => value !== '')) yield { line: startLine, cells }
      cells = []
      cell = ''
      startLine = line
    } else {
      cell += char
    }
  }
  cells.push(cell)
  if (cells.some((value) => value !== '')) yield { line: startLine, cells }
}

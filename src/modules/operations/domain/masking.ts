/** Longest part of an error that is shown; stacks and answers of foreign servers can be pages long. */
const LONGEST = 400

/** An error as it may be shown: mail addresses, telephone numbers and quoted values are blanked, only the beginning is kept. */
export function maskError(error: string): string {
  return error
    .slice(0, LONGEST)
    .replace(/[^\s<>"'@]+@[^\s<>"'@]+/g, '…@…')
    .replace(/\+?\d[\d /-]{6,}\d/g, '…')
    .replace(/"[^"]{3,}"|'[^']{3,}'/g, '"…"')
}

/** Why a text cannot be kept. */
export type TextProblem = 'unreadable' | 'line-break'

/**
 * Text as it is kept: NFC, line ends as \n, without blanks around it. `unreadable`: control characters, halves of
 * characters, or the mark that a wrong encoding leaves (U+FFFD).
 */
export function cleanText(
  value: string,
  lines: number,
): { ok: true; value: string } | { ok: false; problem: TextProblem } {
  if (!value.isWellFormed()) return { ok: false, problem: 'unreadable' }
  const text = value
    .normalize('NFC')
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .trim()
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffd\u202a-\u202e\u2066-\u2069]/.test(text))
    return { ok: false, problem: 'unreadable' }
  if (lines === 1 && text.includes('\n')) return { ok: false, problem: 'line-break' }
  return { ok: true, value: text.replaceAll('\t', ' ') }
}

/** Characters as people count them (code points, as JSON Schema does). */
export const lengthOf = (text: string): number => [...text].length

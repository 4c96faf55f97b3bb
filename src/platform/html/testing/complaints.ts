import { HtmlValidate } from 'html-validate'

/**
 * html-validate's recommended and accessibility rules. Off are two about typing rather than meaning: blanks at line ends,
 * which templates leave and compression swallows, and unbreakable blanks in telephone numbers, which come from data.
 */
const validator = new HtmlValidate({
  extends: ['html-validate:recommended', 'html-validate:a11y'],
  rules: {
    'no-trailing-whitespace': 'off',
    'tel-non-breaking': 'off',
    // Advice for search engines: the city's name stands behind every title.
    'long-title': 'off',
    // Lists may have a name (WAI-ARIA 1.2, "accessible name", roles that can be named).
    'aria-label-misuse': ['error', { allowAnyNamable: true }],
    // Boxes of one question share their name; the form then sends several values.
    'form-dup-name': ['error', { shared: ['radio', 'checkbox', 'submit', 'button', 'reset'] }],
  },
})

/**
 * Where there are no scripts, a screen that shows what happens now asks again by itself (WCAG 2.2, 2.2.1, "real-time
 * exception"), and a terminal begins anew, so that what is left there is nobody's who comes next ("essential exception").
 * Anywhere else, and with scripts, nothing reloads under anybody's hands.
 */
const isRefreshWithoutScripts = ({ ruleId, selector }: { ruleId: string; selector: string | null }): boolean =>
  ruleId === 'meta-refresh' && selector === 'html > head > noscript > meta'

/** What html-validate finds wrong with a page; empty where it is valid. */
export function complaints(markup: string): string[] {
  return validator
    .validateStringSync(markup)
    .results.flatMap((result) => result.messages)
    .filter((message) => !isRefreshWithoutScripts(message))
    .map(
      (message) =>
        `${message.ruleId}: ${message.message} (${message.line}:${message.column}, ${message.selector ?? ''})`,
    )
}

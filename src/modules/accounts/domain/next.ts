/**
 * Where to go after signing in, if that is a path of this city; null otherwise (OWASP: unvalidated redirects).
 * Browsers read `\` as `/` and drop tabs and line ends, so that `/\evil`, `//evil` and `/\t/evil` all leave the city.
 */
export function safeNext(next: string | null | undefined): string | null {
  if (!next || next.length > 2000 || !next.startsWith('/')) return null
  // oxlint-disable-next-line no-control-regex -- these are what is looked for
  if (/[\\\u0000-\u0020\u007f-\u009f\u2028\u2029]/.test(next)) return null
  let url: URL
  try {
    url = new URL(next, 'http://city.invalid')
  } catch {
    return null
  }
  if (url.origin !== 'http://city.invalid') return null
  const path = url.pathname + url.search
  // `/.//evil` becomes `//evil` when its dots are resolved.
  if (path.startsWith('//') || /^(?:\/en)?\/(?:anmelden|abmelden|registrieren|passwort-vergessen)(?:[/?]|$)/.test(path))
    return null
  return path
}

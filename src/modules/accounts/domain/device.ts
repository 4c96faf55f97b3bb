/** A browser's name as its owner would say it ("Firefox, Android"); the user agent itself is not kept. */
export function deviceName(userAgent: string | undefined): string {
  const ua = (userAgent ?? '').slice(0, 400)
  const browser = BROWSERS.find(([word]) => ua.includes(word))?.[1]
  const system = SYSTEMS.find(([word]) => ua.includes(word))?.[1]
  return [browser, system].filter(Boolean).join(', ')
}

// In this order: each browser also names those that it wants to be taken for.
const BROWSERS = [
  ['Edg', 'Edge'],
  ['OPR/', 'Opera'],
  ['SamsungBrowser', 'Samsung Internet'],
  ['Firefox/', 'Firefox'],
  ['FxiOS', 'Firefox'],
  ['CriOS', 'Chrome'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
] as const

const SYSTEMS = [
  ['Android', 'Android'],
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Windows', 'Windows'],
  ['Mac OS', 'macOS'],
  ['CrOS', 'ChromeOS'],
  ['Linux', 'Linux'],
] as const

import type { Locale } from '../i18n/locale.ts'

/** Address of a page in the person's language: `/konto` stays in German and becomes `/en/konto` in English. */
export function href(at: { locale: Locale }, path: string): string {
  if (at.locale !== 'en' || !path.startsWith('/') || path.startsWith('/assets/') || path.startsWith('/api/'))
    return path
  return path === '/' ? '/en' : path.startsWith('/?') ? `/en${path.slice(1)}` : `/en${path}`
}

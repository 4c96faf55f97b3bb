import type { Tenant } from '../../tenants/tenant.ts'
import type { Theme } from '../../tenants/theme.ts'

/** The city's colour as KERN's tokens, for light and dark ground. */
export function themeCss(theme: Theme): string {
  return `:root{${tokensFor(theme.accent, 'white')}}
@media (prefers-color-scheme:dark){:root{${tokensFor(theme.accentDark, 'black')}}}
@media print{:root{${tokensFor(theme.accent, 'white')}}}
`
}

const tokensFor = (accent: string, ground: 'white' | 'black'): string =>
  [
    `--kern-color-action-default:${accent}`,
    `--kern-color-action-focus-default:${ground === 'white' ? '#171a2b' : '#ffffff'}`,
    `--rh-accent:${accent}`,
  ].join(';')

/** The first letter of the place on the city's colour: "Stadt Karlsruhe" → K. */
export function cityIcon(tenant: Pick<Tenant, 'name' | 'theme'>): string {
  const place = tenant.name.replace(
    /^(große kreisstadt|landeshauptstadt|universitätsstadt|stadt|gemeinde|markt)\s+/i,
    '',
  )
  const letter = (place.match(/\p{L}/u)?.[0] ?? 'R').toUpperCase()
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="${tenant.theme.accent}"/><text x="16" y="23" text-anchor="middle" font-family="Fira Sans,Arial,sans-serif" font-weight="700" font-size="20" fill="#fff">${letter}</text></svg>`
}

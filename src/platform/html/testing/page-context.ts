import type { App } from '../../app.ts'
import type { Principal } from '../../auth/principal.ts'
import type { Ctx } from '../../context.ts'
import type { Locale } from '../../i18n/locale.ts'
import type { ModuleManifest } from '../../module.ts'
import { parseTheme } from '../../tenants/theme-file.ts'
import type { Assets } from '../assets/assets.ts'

const entry = (
  area: 'portal' | 'account' | 'workbench' | 'footer',
  path: string,
  de: string,
  en: string,
  order: number,
) => ({
  area,
  path,
  label: { de, en },
  order,
})

const navigation: ModuleManifest['navigation'] = [
  entry('portal', '/leistungen', 'Leistungen', 'Services', 10),
  entry('portal', '/dienststellen', 'Dienststellen', 'Offices', 20),
  entry('portal', '/bewohnerparken', 'Bewohnerparken', 'Resident parking', 30),
  entry('account', '/konto', 'Übersicht', 'Overview', 10),
  entry('account', '/meine-antraege', 'Meine Anträge', 'My applications', 20),
  entry('workbench', '/workbench', 'Eingang', 'Inbox', 10),
  { ...entry('workbench', '/workbench/rollen', 'Rollen', 'Roles', 20), permission: 'accounts.manage' },
  entry('footer', '/impressum', 'Impressum', 'Imprint', 10),
  entry('footer', '/datenschutz', 'Datenschutz', 'Privacy', 20),
]

/** What the layout asks of a context, without a database: for tests of components and pages' frames. */
export function pageContext(o: {
  assets: Assets
  locale?: Locale
  path?: string
  account?: Partial<Principal> | null
}): Ctx {
  const account: Principal | null = o.account
    ? {
        id: '1',
        kind: 'citizen',
        name: 'Anna Becker',
        email: 'anna@example.org',
        assurance: 'low',
        permissions: new Map(),
        ...o.account,
      }
    : null
  const app = { assets: o.assets, modules: [{ name: 'gallery', navigation }] } as unknown as App
  return {
    app,
    tenant: {
      id: 'musterstadt',
      name: 'Musterstadt am Neckar',
      hosts: ['localhost'],
      schema: 't_musterstadt',
      baseUrl: 'http://localhost:8080',
      theme: parseTheme(THEME, 'theme.yaml', 'Musterstadt am Neckar'),
    },
    account,
    locale: o.locale ?? 'de',
    path: o.path ?? '/',
    requestId: 'req-1',
  } as unknown as Ctx
}

const THEME = `
accent: '#0b5a54'
accentDark: '#7fd1c7'
logoSvg: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="4" fill="#0b5a54"/></svg>'
contact: { street: Marktplatz 1, postcode: '73999', place: Musterstadt am Neckar, telephone: 07100 115-0 }
`

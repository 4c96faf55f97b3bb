import { htmlPage } from '#platform/http/reply.ts'
import { everybody, page, type Route } from '#platform/http/route.ts'
import { contactPage, imprintPage, privacyPage } from '../views/legal.ts'

export const legalRoutes: readonly Route[] = [
  page({ path: '/impressum', access: everybody, cache: 'public', handle: (ctx) => htmlPage(imprintPage(ctx)) }),
  page({ path: '/kontakt', access: everybody, cache: 'public', handle: (ctx) => htmlPage(contactPage(ctx)) }),
  page({ path: '/datenschutz', access: everybody, cache: 'public', handle: (ctx) => htmlPage(privacyPage(ctx)) }),
]

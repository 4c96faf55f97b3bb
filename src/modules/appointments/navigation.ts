import type { NavigationEntry } from '#platform/module.ts'
import { bookingsOfAccount } from './store/bookings.ts'
import { de } from './texts/de.ts'
import { en } from './texts/en.ts'
import { texts } from './texts/index.ts'
import { BOOK, PLAN, WORK } from './use-cases/plan/offices.ts'
import { mayChange } from './use-cases/standing.ts'
import { whenOf } from './views/booking-facts.ts'

export const navigation: readonly NavigationEntry[] = [
  { area: 'portal', path: '/termine', label: { de: de.choose.title, en: en.choose.title }, order: 20 },
  {
    area: 'workbench',
    path: '/workbench/termine',
    label: { de: de.plan.title, en: en.plan.title },
    permission: PLAN,
    order: 15,
  },
  {
    area: 'workbench',
    path: '/workbench/termine/kalender',
    label: { de: de.plan.title, en: en.plan.title },
    permission: WORK,
    unless: [PLAN],
    order: 15,
  },
  {
    area: 'workbench',
    path: '/workbench/termine/buchen',
    label: { de: de.plan.bookNav, en: en.plan.bookNav },
    permission: BOOK,
    unless: [PLAN, WORK],
    order: 15,
  },
  {
    area: 'account',
    path: '/konto/termine',
    label: { de: de.mine.title, en: en.mine.title },
    order: 20,
    standing: async (ctx) => {
      const next = (await bookingsOfAccount(ctx, ctx.account!.id)).find((booking) => mayChange(ctx, booking))
      return next ? texts(ctx).mine.standing(whenOf(ctx, next)) : texts(ctx).mine.noStanding
    },
  },
]

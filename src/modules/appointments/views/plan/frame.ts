import type { Office } from '#modules/catalogue/public.ts'
import { may, type Permission } from '#platform/auth/principal.ts'
import type { Ctx } from '#platform/context.ts'
import { tabs } from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import type { Html } from '#platform/html/html.ts'
import type { NamedTeam } from '../../store/plan.ts'
import { texts } from '../../texts/index.ts'
import { BOOK, PLAN, WORK } from '../../use-cases/plan/offices.ts'

export const PLAN_STYLES = ['appointments-pages.css', 'appointments-plan.css', 'addresses-complete.css']

export type PlanTab = 'offices' | 'closures' | 'missed' | 'calendar' | 'search' | 'book' | 'people'

const TABS: readonly { readonly tab: PlanTab; readonly path: string; readonly permission: Permission }[] = [
  { tab: 'calendar', path: '/workbench/termine/kalender', permission: WORK },
  { tab: 'search', path: '/workbench/termine/suche', permission: WORK },
  { tab: 'book', path: '/workbench/termine/buchen', permission: BOOK },
  { tab: 'offices', path: '/workbench/termine', permission: PLAN },
  { tab: 'closures', path: '/workbench/termine/schliesstage', permission: PLAN },
  { tab: 'missed', path: '/workbench/termine/ausfaelle', permission: PLAN },
  { tab: 'people', path: '/workbench/termine/personal', permission: PLAN },
]

/** Areas that the account may enter. */
export function planTabs(ctx: Ctx, current: PlanTab): Html {
  const t = texts(ctx).plan
  return tabs(
    t.tabs,
    TABS.filter(({ permission }) => may(ctx, permission)).map(({ tab, path }) => ({
      label: t.tab[tab],
      href: href(ctx, path),
      current: tab === current,
    })),
  )
}

/** "Bürgeramt Mitte", and which of its teams where it has several. */
export function teamName(ctx: Pick<Ctx, 'locale'>, team: NamedTeam, office: Office | undefined): string {
  const name = team.name[ctx.locale]
  const house = office?.name[ctx.locale] ?? team.office
  return name === house ? house : `${house}: ${name}`
}

import { units } from '#modules/accounts/public.ts'
import { allPublished } from '#modules/services/public.ts'
import type { Ctx } from '#platform/context.ts'
import type { HealthProbe } from '#platform/module.ts'
import { countStuck } from './store/sweep.ts'

/** Hours after which a case that waits for the machine is stuck: longer than all tries of a check. */
const STUCK_HOURS = 2

/** Cases that the machine should have moved on long ago; the sweeper tries them again every ten minutes. */
export const health: readonly HealthProbe[] = [
  {
    name: 'cases',
    check: async (ctx: Ctx) => {
      const services = await allPublished(ctx)
      const automatic = services.flatMap(({ slug, definition }) =>
        definition.workflow.states
          .filter(({ kind }) => kind === 'automatic')
          .map(({ name }) => ({ service: slug, state: name })),
      )
      const stuck = await countStuck(ctx, automatic, ctx.clock.now().subtract({ hours: STUCK_HOURS }))
      return {
        ok: stuck === 0,
        message:
          stuck === 0
            ? { de: 'Kein Vorgang wartet auf die Maschine', en: 'no case waits for the machine' }
            : {
                de: `${stuck} Vorgänge warten seit mehr als ${STUCK_HOURS} Stunden auf die Maschine`,
                en: `${stuck} cases have waited for the machine for over ${STUCK_HOURS} h`,
              },
      }
    },
  },
  {
    // What goes to a unit that is not there is seen by nobody.
    name: 'units',
    check: async (ctx: Ctx) => {
      const there = new Set((await units(ctx)).map(({ id }) => id))
      const lost = (await allPublished(ctx)).filter(({ definition }) => !there.has(definition.unit))
      return {
        ok: lost.length === 0,
        message:
          lost.length === 0
            ? { de: 'Jede Leistung hat ihr Amt', en: 'every service has its unit' }
            : {
                de: `${lost.map(({ slug, definition }) => `${slug} geht an ${definition.unit}`).join(', ')}: Dieses Amt gibt es nicht, niemand sieht die Vorgänge. Legen Sie es unter /workbench/aemter an.`,
                en: `${lost.map(({ slug, definition }) => `${slug} goes to ${definition.unit}`).join(', ')}: no such unit, nobody sees its cases; add it under /workbench/aemter`,
              },
      }
    },
  },
]

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
    name: { de: 'Vorgänge, die das Programm weiterführt', en: 'Cases that the program moves on' },
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
            ? { de: 'Kein Vorgang bleibt liegen.', en: 'No case is stuck.' }
            : {
                de: `${stuck} Vorgänge warten seit mehr als ${STUCK_HOURS} Stunden auf eine Prüfung durch das Programm.`,
                en: `${stuck} cases have waited for a check by the program for more than ${STUCK_HOURS} hours.`,
              },
      }
    },
  },
  {
    // What goes to a unit that is not there is seen by nobody.
    name: { de: 'Zuständige Ämter', en: 'Units in charge' },
    check: async (ctx: Ctx) => {
      const there = new Set((await units(ctx)).map(({ id }) => id))
      const lost = (await allPublished(ctx)).filter(({ definition }) => !there.has(definition.unit))
      return {
        ok: lost.length === 0,
        message:
          lost.length === 0
            ? { de: 'Jede Leistung hat ihr Amt.', en: 'Every service has its unit.' }
            : {
                de: `${lost.map(({ slug, definition }) => `${slug} geht an ${definition.unit}`).join(', ')}: Dieses Amt gibt es nicht, niemand sieht die Vorgänge. Legen Sie es unter /workbench/aemter an.`,
                en: `${lost.map(({ slug, definition }) => `${slug} goes to ${definition.unit}`).join(', ')}: there is no such unit, so nobody sees the cases. Add it under /workbench/aemter.`,
              },
      }
    },
  },
]

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
            ? 'no case waits for the machine'
            : `${stuck} cases have waited for the machine for over ${STUCK_HOURS} h`,
      }
    },
  },
]

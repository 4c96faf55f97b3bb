import { Type } from '#platform/schema.ts'
import type { Ctx } from '#platform/context.ts'
import { htmlPage, redirect } from '#platform/http/reply.ts'
import { action, page, staff } from '#platform/http/route.ts'
import { allZones } from '../store/zones.ts'
import { checksOfShift, lookedUp, lookUp, type LookedUp } from '../use-cases/look-up.ts'
import { enforcementPage } from '../views/enforcement.ts'

const PATH = '/workbench/parken/kontrolle'
const enforce = staff('parking.enforce')

/** The plate never stands in an address: an answer is shown by the id of the officer's own check. */
export const enforcementRoutes = [
  page({
    path: PATH,
    access: enforce,
    query: Type.Object({ pruefung: Type.Optional(Type.String({ maxLength: 40 })) }),
    handle: async (ctx, req) => {
      const found = req.query.pruefung ? await lookedUp(ctx, req.query.pruefung) : null
      return htmlPage(await view(ctx, { typed: '', zone: found?.lookup.zone ?? null, found, errors: {} }))
    },
  }),
  action({
    path: PATH,
    access: enforce,
    perMinute: 60,
    handle: async (ctx, req) => {
      const [typed, zone] = [req.form.get('plate'), req.form.get('zone') || null]
      const found = await lookUp(ctx, { typed, zone })
      if (found.ok) return redirect(`${PATH}?pruefung=${found.value.lookup.id}`)
      return htmlPage(await view(ctx, { typed, zone, found: null, errors: found.fields ?? {} }), { status: 422 })
    },
  }),
]

async function view(
  ctx: Ctx,
  o: { typed: string; zone: string | null; found: LookedUp | null; errors: Readonly<Record<string, string>> },
) {
  return enforcementPage(ctx, { ...o, zones: await allZones(ctx), last: await checksOfShift(ctx) })
}

import type { App } from '#platform/app.ts'
import type { Ctx } from '#platform/context.ts'

/** One of something for each city of each program: made at its first use, gone with the program. */
export function perCity<T>(make: (ctx: Pick<Ctx, 'app' | 'tenant'>) => T): (ctx: Pick<Ctx, 'app' | 'tenant'>) => T {
  const programs = new WeakMap<App, Map<string, T>>()
  return (ctx) => {
    let cities = programs.get(ctx.app)
    if (!cities) programs.set(ctx.app, (cities = new Map()))
    let made = cities.get(ctx.tenant.id)
    if (made === undefined) cities.set(ctx.tenant.id, (made = make(ctx)))
    return made
  }
}

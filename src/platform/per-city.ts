import type { App } from './app.ts'
import type { Ctx } from './context.ts'

type OfCity = Pick<Ctx, 'app' | 'tenant'>

/** One of something for each city of each program: made at its first use, gone with the program. */
export function perCity<T extends object, C extends OfCity = OfCity>(make: (ctx: C) => T): (ctx: C) => T {
  const programs = new WeakMap<App, Map<string, T>>()
  return (ctx) => {
    let cities = programs.get(ctx.app)
    if (!cities) programs.set(ctx.app, (cities = new Map()))
    let made = cities.get(ctx.tenant.id)
    if (made === undefined) cities.set(ctx.tenant.id, (made = make(ctx)))
    return made
  }
}

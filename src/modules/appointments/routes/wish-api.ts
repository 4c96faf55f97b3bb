import { offices } from '#modules/catalogue/public.ts'
import type { Ctx } from '#platform/context.ts'
import { fail, ok, type Result } from '#platform/problem.ts'
import { Type, type Static } from '#platform/schema.ts'
import { today } from '#platform/time/clock.ts'
import { cityCalendar } from '../calendars.ts'
import { VARIANTS, type Variant } from '../domain/work.ts'
import { texts } from '../texts/index.ts'
import type { Search } from '../use-cases/find.ts'
import { officesNear } from '../use-cases/near.ts'

export const Slug = Type.String({ maxLength: 80 })
export const Services = Type.Array(Slug, {
  minItems: 1,
  maxItems: 20,
  description: 'Slugs of service pages; one twice is meant twice',
})
export const People = Type.Integer({ minimum: 1, maximum: 1000, default: 1 })
export const WayOf = Type.Union(
  VARIANTS.map((variant) => Type.Literal(variant)),
  { description: 'in-person where nothing is said' },
)

/** What for, where and when somebody looks for a time, or waits for one. */
export const WishFields = {
  service: Services,
  office: Type.Optional(
    Type.Array(Slug, {
      maxItems: 50,
      description: 'Slugs of offices that take appointments, others are refused (422); none means anywhere',
    }),
  ),
  from: Type.Optional(Type.String({ format: 'date', description: 'A past day is today' })),
  to: Type.Optional(
    Type.String({ format: 'date', description: 'The last day; not before `from`, and not in the past (422)' }),
  ),
  people: Type.Optional(People),
  variant: Type.Optional(WayOf),
  weekday: Type.Optional(
    Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), { maxItems: 7, description: '1 is Monday (ISO 8601)' }),
  ),
  near: Type.Optional(
    Type.String({
      maxLength: 120,
      description:
        'Street of the city, with or without house number: only offices within `km` of it, as the crow flies. 422 where there is no such street, or no office that near. Where `office` is named, that counts alone',
      examples: ['Uferstraße 12'],
    }),
  ),
  km: Type.Optional(
    Type.Number({ minimum: 0.1, maximum: 100, description: 'Kilometres around `near`; 3 where nothing is said' }),
  ),
}
const WishOf = Type.Object(WishFields)

/** The wish in the words of the use cases, with the offices near an address where one is named. */
export async function wishOf(
  ctx: Ctx,
  asked: Static<typeof WishOf>,
): Promise<Result<Omit<Search, 'audience' | 'also' | 'limit'>>> {
  const { service, office, from, to, people, variant, weekday, near, km } = asked
  const fields = await wrongIn(ctx, asked)
  if (Object.keys(fields).length > 0) return fail('invalid-input', { fields })
  const isNamed = office !== undefined && office.length > 0
  const around = near && !isNamed ? await officesNear(ctx, await offices(ctx), { near, km: km ?? 3 }) : null
  if (around && !around.ok) return around
  return ok({
    services: service,
    people: people ?? 1,
    variant: (variant ?? 'in-person') as Variant,
    offices: isNamed ? office : [...(around?.value.keys() ?? [])],
    from: from ?? null,
    to: to ?? null,
    weekdays: weekday ?? [],
  })
}

/** Offices that take no appointments, and days between which there are none. */
async function wrongIn(ctx: Ctx, { office = [], from, to }: Static<typeof WishOf>): Promise<Record<string, string>> {
  const t = texts(ctx)
  const { teams } = await cityCalendar(ctx)
  const unknown = office.findIndex((slug) => !teams.some(({ team }) => team.office === slug))
  const isBackwards = from !== undefined && to !== undefined && to < from
  return {
    ...(unknown < 0 ? {} : { [`office/${unknown}`]: t.choose.officeUnknown }),
    ...(isBackwards ? { to: t.wish.toBeforeFrom } : {}),
    ...(!isBackwards && to !== undefined && to < today(ctx.clock).toString() ? { to: t.wish.inThePast } : {}),
  }
}

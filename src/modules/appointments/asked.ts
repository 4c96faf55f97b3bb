import type { Ctx } from '#platform/context.ts'
import type { Req } from '#platform/http/route.ts'
import { readInstant, today } from '#platform/time/clock.ts'
import { dayText, readDay, type TypedDay } from '#platform/time/day.ts'
import type { Booking } from './domain/booking.ts'
import type { Waiting } from './domain/waiting.ts'
import { VARIANTS, type Variant } from './domain/work.ts'

/** What somebody looks for, as it stands in an address or in the hidden fields of a form. */
export interface Asked {
  /** Slugs; one twice is meant twice. */
  readonly services: readonly string[]
  readonly people: number
  /** null: nothing was said. */
  readonly variant: Variant | null
  /** null: among several, or anywhere. */
  readonly office: string | null
  /** Slugs, where no office alone is meant; none: anywhere. */
  readonly among: readonly string[]
  /** An address in one line; '' where distance does not matter. */
  readonly near: string
  /** Kilometres around it. */
  readonly km: number
  readonly from: TypedDay
  /** ISO weekdays; none: any. */
  readonly weekdays: readonly number[]
  /** The times shown begin with this one; null: with the first. */
  readonly after: Temporal.Instant | null
  /** Whether somebody pressed the button, and did not just follow a link to an empty form. */
  readonly isSent: boolean
}

/** Kilometres around an address that people choose from, and what they get where they say nothing. */
export const KILOMETRES = [1, 3, 5, 10] as const
const USUAL_KM = 3

/** Names of the fields for one matter each, for no two fields of a form share a name; an address may repeat the first. */
export const MATTERS = ['service', 'service2', 'service3', 'service4', 'service5', 'service6'] as const

/** In the address: the rest of a wish is asked for, where a link from a service page shows the times at once. */
export const WISH_STEP = ['schritt', 'wunsch'] as const

/** Offices that one address names at most. */
const MOST_OFFICES = 50

/** A search in these offices; in all where there are none. */
export const inOffices = (offices: readonly string[]): Pick<Asked, 'office' | 'among' | 'near'> => ({
  office: offices.length === 1 ? offices[0]! : null,
  among: offices.length > 1 ? offices : [],
  near: '',
})

/** Offices in which times are looked for; none: in all. */
export const officesOf = (
  { office, among }: Pick<Asked, 'office' | 'among'>,
  distances: ReadonlyMap<string, unknown> | null,
): readonly string[] => (office === null ? [...(distances?.keys() ?? among)] : [office])

type Values = (name: string) => readonly string[]

type Now = Pick<Ctx, 'clock'>

export const askedInAddress = (ctx: Now, req: Pick<Req, 'query'>): Asked =>
  askedOf((name) => [req.query[name] ?? []].flat().map(String), ctx)

export const askedInForm = (ctx: Now, req: Pick<Req, 'form'>): Asked => askedOf((name) => req.form.all(name), ctx)

/** As `fieldsOf` wrote it. */
export function askedInText(text: string): Asked {
  const fields = new URLSearchParams(text)
  return askedOf((name) => fields.getAll(name))
}

function askedOf(all: Values, ctx?: Now): Asked {
  const one = (name: string) => all(name)[0]?.trim() ?? ''
  const people = one('people')
  const places = one('office')
    .split(',')
    .filter((slug) => slug !== '')
    .slice(0, MOST_OFFICES)
  return {
    services: [...all('service'), ...MATTERS.slice(1).flatMap(all)].filter((slug) => slug !== ''),
    people: /^\d{1,4}$/.test(people) ? Number(people) : 1,
    variant: VARIANTS.find((variant) => variant === one('variant')) ?? null,
    office: places.length === 1 ? places[0]! : null,
    among: places.length > 1 ? places : [],
    near: one('near').slice(0, 120),
    km: KILOMETRES.find((km) => String(km) === one('km')) ?? USUAL_KM,
    from: ctx ? comingDay(ctx, one('from')) : readDay(one('from')),
    weekdays: [1, 2, 3, 4, 5, 6, 7].filter((day) => all('weekday').join().split(',').includes(String(day))),
    after: instantOf(one('after')),
    isSent: people !== '',
  }
}

/** A day from now on, as people type it; one without its year gets it, for links and kept searches are read on other days, too. */
export function comingDay(ctx: Now, text: string): TypedDay {
  const read = readDay(text, { today: today(ctx.clock), lean: 'coming' })
  return read.date && readDay(text).wrong ? { ...read, typed: dayText(read.date) } : read
}

/** Of this century or the next: further ones no calendar of the city holds. */
const instantOf = (text: string): Temporal.Instant | null => (/^2[01]\d\d-/.test(text) ? readInstant(text) : null)

/** Names and values of the same search, for an address or for hidden fields; only what is set. */
export function fieldsOf(asked: Asked): [name: string, value: string][] {
  const { services, people, variant, office, among, near, km, from, weekdays, after } = asked
  return [
    ...services.map((slug, i): [string, string] => [MATTERS[i] ?? 'service', slug]),
    ['people', String(people)],
    ['variant', variant ?? ''],
    ['office', office ?? among.join()],
    ['near', near],
    ['km', near === '' ? '' : String(km)],
    ['from', from.typed],
    ['weekday', weekdays.join()],
    ['after', after?.toString() ?? ''],
  ].filter((field): field is [string, string] => field[1] !== '')
}

/** The search as an address, with some of it changed. */
export function addressOf(
  path: string,
  asked: Asked,
  change: Partial<Asked> = {},
  more: [string, string][] = [],
): string {
  const query = new URLSearchParams([...fieldsOf({ ...asked, ...change }), ...more])
  return `${path}?${query.toString()}`
}

/** The search that leads to other times for the same. */
export function askedOfBooking({ services, people, variant }: Pick<Booking, 'services' | 'people' | 'variant'>): Asked {
  const from: TypedDay = { date: null, wrong: null, typed: '' }
  return {
    services,
    people,
    variant,
    office: null,
    among: [],
    near: '',
    km: USUAL_KM,
    from,
    weekdays: [],
    after: null,
    isSent: true,
  }
}

/** Where and when may be asked for anew; what a booking is for stays. */
export function sameWork(
  booking: Pick<Booking, 'services' | 'people' | 'variant'>,
  { office, among, near, km, from, weekdays, after }: Asked,
): Asked {
  return { ...askedOfBooking(booking), office, among, near, km, from, weekdays, after }
}

/** The search for what somebody waits for; of an address the offices around it are left, for the city does not keep it. */
export function askedOfWaiting(waiting: Waiting): Asked {
  const { services, people, variant, offices, weekdays, fromDay } = waiting
  const date = fromDay === null ? null : Temporal.PlainDate.from(fromDay)
  const from: TypedDay = { date, wrong: null, typed: fromDay ?? '' }
  return { ...askedOfBooking({ services, people, variant }), ...inOffices(offices), from, weekdays }
}

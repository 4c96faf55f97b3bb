import { musterstadt, type Random } from '#modules/musterstadt/public.ts'
import type { ServiceDefinition } from '#modules/services/public.ts'
import type { Ctx } from '#platform/context.ts'
import { cityDate, today } from '#platform/time/clock.ts'
import { formatCaseNumber } from '../domain/case-number.ts'
import { plateOf, type Person } from './answers.ts'
import { play, type Life } from './life.ts'
import { pickStory, STORIES, type Story } from './stories.ts'

const CASES = 2_000
/** Of a hundred cases. */
const PARKING_OF_100 = 68

export interface Applicant extends Person {
  readonly accountId: string | null
  readonly locale: 'de' | 'en'
}

/** A case before it is written down: whose it is, and how its life went. */
export interface Draft {
  readonly id: string
  readonly definition: ServiceDefinition
  readonly story: Story
  readonly life: Life
  readonly applicant: Applicant
  readonly clerk: string
}

/** Who applies: mostly people without an account, and the citizens of the demo city who have one. */
function* applicants(ctx: Ctx, dice: Random): Generator<Applicant> {
  // Of age when the oldest of the cases was opened.
  const youngest = today(ctx.clock).subtract({ years: 19 }).toString()
  const city = musterstadt()
  // Anna Becker, the first, has cases of her own (below) and is about to apply for a permit.
  const withAccount = city.citizens.slice(1, 181).filter(({ birthDate }) => birthDate <= youngest)
  let index = 0
  for (const resident of city.residents()) {
    index += 1
    if (index % 31 !== 1 || resident.birthDate > youngest) continue
    if (dice.chance(0.2)) {
      const citizen = withAccount[index % withAccount.length]!
      yield { ...citizen, accountId: citizen.id, plate: citizen.vehicles[0]?.plate ?? null }
    } else
      yield {
        ...resident,
        email: `${ascii(resident.givenName)}.${ascii(resident.familyName)}${dice.int(1, 99)}@post.example`,
        telephone: dice.chance(0.4) ? `+497199${dice.int(100_000, 999_999)}` : null,
        plate: plateOf(dice),
        zone: dice.pick(['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H']),
        accountId: null,
        locale: dice.chance(0.07) ? 'en' : 'de',
      }
  }
}

const ascii = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replaceAll(/[^a-z]/g, '')

/** All cases, the oldest first. */
export function draftCases(ctx: Ctx, dice: Random, definitions: readonly ServiceDefinition[]): Draft[] {
  const now = ctx.clock.now()
  const clerks = new Map(
    definitions.map(({ slug, unit }) => [
      slug,
      musterstadt().staff.filter((one) => one.unit === unit && one.role === 'clerk'),
    ]),
  )
  const draft = (definition: ServiceDefinition, story: Story, applicant: Applicant): Draft => {
    const clerk = dice.pick(clerks.get(definition.slug) ?? [])?.id ?? dice.uuid()
    return { id: dice.uuid(), definition, story, life: play(dice, definition, story, now, clerk), applicant, clerk }
  }
  const drafts: Draft[] = []
  const parking = definitions.find(({ slug }) => slug === 'resident-parking')
  const dogs = definitions.find(({ slug }) => slug === 'dog-registration')
  if (dogs) drafts.push(...annasCases(dogs, parking, draft))
  for (const applicant of applicants(ctx, dice)) {
    if (drafts.length >= CASES) break
    const definition = (dice.int(1, 100) <= PARKING_OF_100 ? parking : dogs) ?? definitions[0]!
    drafts.push(draft(definition, pickStory(dice, STORIES[definition.slug]!), applicant))
  }
  return drafts.toSorted((a, b) => Temporal.Instant.compare(a.life.openedAt, b.life.openedAt))
}

/** Anna's own dogs: one granted, one that waits for a document of hers, one under review; and a permit of last year. */
function annasCases(
  dogs: ServiceDefinition,
  parking: ServiceDefinition | undefined,
  draft: (d: ServiceDefinition, s: Story, a: Applicant) => Draft,
): Draft[] {
  const [anna] = musterstadt().citizens
  if (!anna) return []
  const applicant: Applicant = { ...anna, accountId: anna.id, plate: null }
  const endsWith = ({ slug }: ServiceDefinition, transition: string, open: boolean) =>
    STORIES[slug]!.find((story) => story.open === open && story.chapters.at(-1)?.transition === transition)!
  const own = [
    draft(dogs, endsWith(dogs, 'register', false), applicant),
    draft(dogs, endsWith(dogs, 'ask-for-documents', true), applicant),
    draft(dogs, endsWith(dogs, 'to-review', true), applicant),
  ]
  const plate = anna.vehicles[0]?.plate ?? null
  return parking ? [...own, draft(parking, endsWith(parking, 'paid', false), { ...applicant, plate })] : own
}

/** Serial numbers in the order of opening, per prefix and year. */
export function numberCases(drafts: readonly Draft[]): Map<string, string> {
  const serials = new Map<string, number>()
  return new Map(
    drafts.map(({ id, definition: { prefix }, life }) => {
      const { year } = cityDate(life.openedAt)
      const serial = (serials.get(`${prefix}-${year}`) ?? 0) + 1
      serials.set(`${prefix}-${year}`, serial)
      return [id, formatCaseNumber({ prefix, year, serial })]
    }),
  )
}

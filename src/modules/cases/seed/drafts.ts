import { musterstadt, random, type Random } from '#modules/musterstadt/public.ts'
import type { ServiceDefinition } from '#modules/services/public.ts'
import type { Ctx } from '#platform/context.ts'
import { cityDate } from '#platform/time/clock.ts'
import { formatCaseNumber } from '../domain/case-number.ts'
import { applicants, type Applicant, type Home } from './applicants.ts'
import { play, type Life } from './life.ts'
import { pickStory, STORIES, type Story } from './stories.ts'

const CASES = 2_000
/** Of a hundred cases. */
const PARKING_OF_100 = 68

/** A case before it is written down: whose it is, and how its life went. */
export interface Draft {
  readonly id: string
  readonly definition: ServiceDefinition
  readonly story: Story
  readonly life: Life
  readonly applicant: Applicant
  readonly clerk: string
}

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
    const life = play(dice, definition, story, now, clerk)
    return { id: dice.uuid(life.openedAt), definition, story, life, applicant, clerk }
  }
  const drafts: Draft[] = []
  const parking = definitions.find(({ slug }) => slug === 'resident-parking')
  const dogs = definitions.find(({ slug }) => slug === 'dog-registration')
  if (dogs) drafts.push(...annasCases(dogs, parking, draft))
  const from = (home: Home) => applicants(ctx, random(`applicants ${home}`), home)
  const people = { zone: from('zone'), outside: from('outside'), anywhere: from('anywhere') }
  while (drafts.length < CASES) {
    const definition = (dice.int(1, 100) <= PARKING_OF_100 ? parking : dogs) ?? definitions[0]!
    const story = pickStory(dice, STORIES[definition.slug]!)
    const home = homeOf(definition, story)
    const next = people[home].next()
    if (next.done) throw new Error(`the demo city has too few people for its cases (${home})`)
    drafts.push(draft(definition, story, next.value))
  }
  return drafts.toSorted((a, b) => Temporal.Instant.compare(a.life.openedAt, b.life.openedAt))
}

const homeOf = (definition: ServiceDefinition, story: Story): Home =>
  definition.slug !== 'resident-parking' ? 'anywhere' : story.finding === 'zone' ? 'outside' : 'zone'

/** The car that Anna Becker had a permit for, and sold. */
const ANNAS_FORMER_CAR = 'MU-AB 48'

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
  if (!parking) return own
  return [...own, draft(parking, endsWith(parking, 'paid', false), { ...applicant, plate: ANNAS_FORMER_CAR })]
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

import { officeBySlug } from '#modules/catalogue/public.ts'
import { devicesOfKind } from '#modules/devices/public.ts'
import { musterstadt, random, type DemoCitizen } from '#modules/musterstadt/public.ts'
import { audit } from '#platform/audit/audit.ts'
import type { Ctx } from '#platform/context.ts'
import type { Seed } from '#platform/module.ts'
import { cityDate } from '#platform/time/clock.ts'
import { hashOf } from './domain/code.ts'
import { COUNTER_DAYS, LOCKER_DAYS, moved, type Document, type Move } from './domain/document.ts'
import { insertDocument, saveDocument } from './store/documents.ts'

const TITLES = ['Reisepass', 'Personalausweis', 'Führerschein', 'Aufenthaltstitel']

interface Story {
  /** Days before now on which it was announced, then on which each move happened. */
  readonly announced: number
  readonly inLocker: boolean
  readonly moves: readonly (readonly [daysAgo: number, does: Move['does'] | 'overdue'])[]
}

/** Some in each state; a code is known to nobody until staff send a new one. */
const STORIES: readonly Story[] = [
  ...Array.from({ length: 6 }, (_, i) => ({ announced: 1 + i, inLocker: false, moves: [] })),
  ...Array.from({ length: 2 }, () => ({ announced: 1, inLocker: true, moves: [] })),
  ...Array.from({ length: 6 }, (_, i) => ({ announced: 3 + i, inLocker: true, moves: [[2, 'deposit'] as const] })),
  {
    announced: 5,
    inLocker: true,
    moves: [
      [4, 'deposit'],
      [1, 'open'],
    ],
  },
  { announced: 40, inLocker: false, moves: [[11, 'overdue']] },
  {
    announced: 25,
    inLocker: true,
    moves: [
      [20, 'deposit'],
      [5, 'overdue'],
    ],
  },
  ...Array.from({ length: 8 }, (_, i) => ({
    announced: 12 + i,
    inLocker: true,
    moves: [[10 + i, 'deposit'] as const, [8 + i, 'open'] as const, [8 + i, 'take'] as const],
  })),
  ...Array.from({ length: 6 }, (_, i) => ({
    announced: 14 + i,
    inLocker: false,
    moves: [[9 + i, 'hand-over'] as const],
  })),
  {
    announced: 27,
    inLocker: true,
    moves: [
      [22, 'deposit'],
      [7, 'overdue'],
      [6, 'return'],
    ],
  },
]

const EVENTS = {
  deposit: 'deposited',
  open: 'opened',
  take: 'taken',
  fail: 'door-failed',
  return: 'returned',
  'hand-over': 'handed-over',
  withdraw: 'withdrawn',
  overdue: 'overdue',
} as const

const OFFICES = ['buergerbuero-mitte', 'buergerbuero-sued']

export const seed: Seed = {
  run: async (ctx, progress) => {
    const chance = random('pickup')
    const people = chance.shuffle(musterstadt().citizens.slice(0, 60))
    for (const [index, story] of STORIES.entries()) {
      const office = OFFICES[index % OFFICES.length]!
      const house = await officeBySlug(ctx, office)
      if (house === null) return
      const [locker] = await devicesOfKind(ctx, [office], 'pickup')
      await tell(ctx, story, {
        id: chance.uuid(),
        office,
        unit: house.units[0]!,
        locker: locker!.id,
        title: chance.pick(TITLES),
        person: people[index]!,
        compartment: index + 1,
        staff: clerkOf(index),
      })
      progress(index + 1, STORIES.length)
    }
  },
}

const clerkOf = (index: number): string => {
  const clerks = musterstadt().staff.filter(({ unit, role }) => unit === 'buergeramt' && role === 'clerk')
  return clerks[index % clerks.length]!.id
}

interface Told {
  readonly id: string
  readonly office: string
  readonly unit: string
  readonly locker: string
  readonly title: string
  readonly person: DemoCitizen
  readonly compartment: number
  readonly staff: string
}

/** Writes the document and its log as they came about. */
async function tell(
  now: Ctx,
  story: Story,
  { id, office, unit, locker, title, person, compartment, staff }: Told,
): Promise<void> {
  const at = (daysAgo: number, minutes = 0) =>
    now.clock
      .now()
      .subtract({ hours: 24 * daysAgo })
      .add({ minutes })
  const back = (daysAgo: number, minutes: number): Ctx => ({ ...now, clock: { now: () => at(daysAgo, minutes) } })
  const announcedAt = at(story.announced)
  const number = String(10_000 + (Number.parseInt(id.slice(0, 6), 16) % 90_000))
  let document: Document = {
    id,
    office,
    unit,
    title,
    caseNumber: null,
    account: person.id,
    name: `${person.givenName} ${person.familyName}`,
    email: person.email,
    telephone: null,
    locale: person.locale,
    state: 'ready',
    device: story.inLocker ? locker : null,
    compartment: null,
    number,
    codeHash: await hashOf(id, id),
    wrongCodes: 0,
    announcedAt,
    collectBy: cityDate(announcedAt).add({ days: COUNTER_DAYS }),
    overdueAt: null,
    openedAt: null,
    endedAt: null,
  }
  await insertDocument(now, document)
  const note = (ctx: Ctx, event: string, actor: string, data?: object) =>
    audit(ctx, { subject: `pickup:${id}`, action: `pickup.${event}`, actor, ...(data ? { data } : {}) })
  await note(back(story.announced, 0), 'announced', staff)
  for (const [step, [daysAgo, does]] of story.moves.entries()) {
    const ctx = back(daysAgo, step * 2)
    if (does === 'overdue') {
      document = { ...document, overdueAt: ctx.clock.now() }
      await note(ctx, EVENTS[does], 'system')
      continue
    }
    const until = (days: number) => cityDate(at(daysAgo)).add({ days })
    const move: Move =
      does === 'deposit'
        ? { does, device: locker, compartment, collectBy: until(LOCKER_DAYS) }
        : does === 'return'
          ? { does, collectBy: until(COUNTER_DAYS) }
          : { does }
    document = moved(document, move, ctx.clock.now())!
    const byPerson = does === 'open' || does === 'take'
    const data = story.inLocker
      ? { device: locker, compartment, ...(does === 'take' ? { by: 'person' } : {}) }
      : { proof: 'identity-card' }
    await note(ctx, EVENTS[does], byPerson ? `device:${locker}` : staff, data)
  }
  await saveDocument(now, document)
}

import type { Ctx } from '#platform/context.ts'
import { audit } from '#platform/audit/audit.ts'
import { newId } from '#platform/db/id.ts'
import { transaction } from '#platform/db/transaction.ts'
import { enqueue } from '#platform/jobs/enqueue.ts'
import { ok, type Failure, type Result } from '#platform/problem.ts'
import { forgetCalendar, readTeamAnew, selfOf } from '../../calendars.ts'
import type { Booking } from '../../domain/booking.ts'
import { hitsOf, worksBeside, type StaffedHours } from '../../domain/hits.ts'
import { tellChange } from '../../store/changes.ts'
import { lockStaff, staffedStretches, teamsOnDuty } from '../../store/duties.ts'
import {
  comingBookings,
  insertDisplaced,
  insertPlanChange,
  lockTeams,
  type ChangeKind,
  type Choice,
} from '../../store/plan-changes.ts'
import { readPlan, type NamedTeam, type Plan } from '../../store/plan.ts'
import { lookAgain, settleChange } from './job-types.ts'

/** Something that changes when teams see people, or what for. */
export interface Change {
  readonly kind: ChangeKind
  /** Of the rule, the closure, the block, the duty or the account. */
  readonly subject: string
  /** The day from which it applies, where that is named. */
  readonly from?: Temporal.PlainDate | null
  /**
   * The teams that it is about.
   * @param hasStaff whether some of `staff` are on duty there
   */
  readonly of: (team: NamedTeam, hasStaff: boolean) => boolean
  /** Members of staff with whom nobody else plans meanwhile. */
  readonly staff?: readonly string[]
  readonly after: (before: StaffedHours, ctx: Ctx) => StaffedHours | Promise<StaffedHours>
  /** What it says in the audit trail. */
  readonly says: { readonly subject?: string; readonly action: string; readonly data?: object }
}

export interface Choices {
  /** For all, also for who books while this is being decided. */
  readonly all: Choice
  /** For one appointment, by its id. */
  readonly one: ReadonlyMap<string, Choice>
}

/** An appointment that a change would hit, and whether another counter of its team is there at the same time. */
export interface Hit extends Booking {
  readonly hasCounterBeside: boolean
}

/** Appointments that the change would hit as things stand, the next one first. */
export async function previewHits(ctx: Ctx, change: Change): Promise<Hit[]> {
  const plan = await readPlan(ctx)
  const teams = await teamsIn(ctx, plan, change)
  const { hits, after } = await hitsIn(ctx, plan, teams, change)
  const hasCounterBeside = worksBeside(after, teams)
  return hits.map((hit) => ({ ...hit, hasCounterBeside: hasCounterBeside(hit) }))
}

async function teamsIn(ctx: Ctx, { teams }: Plan, { of, staff }: Change): Promise<NamedTeam[]> {
  const onDuty = staff === undefined ? [] : await teamsOnDuty(ctx, staff)
  return teams.filter((team) => of(team, onDuty.includes(team.id)))
}

async function hitsIn(ctx: Ctx, plan: Plan, teams: readonly NamedTeam[], change: Change) {
  const slugs = teams.map(({ id }) => id)
  const before = { ...plan, staffed: await staffedStretches(ctx, slugs) }
  const after = await change.after(before, ctx)
  return { hits: hitsOf(await comingBookings(ctx, slugs), teams, { before, after }), after }
}

export interface Made {
  /** Of the change, where it has hit somebody. */
  readonly id: string
  readonly hits: number
}

/** More teams than that are read at the next question, in pieces. */
const READ_AT_ONCE = 3
/** What other processes booked by the old hours they have told the database by then. */
const LOOK_AGAIN: Temporal.DurationLike = { seconds: 60 }

/**
 * Makes the change with all that follows from it in one transaction: whoever books meanwhile is hit, too, or comes too
 * late. Moving and writing is work for later, of which the database keeps a list: stopped half-way, it goes on.
 * @param write what is to be written, once nobody else changes these teams; a failure undoes nothing, for nothing was done
 */
export async function makeChange(
  ctx: Ctx,
  change: Change,
  choices: Choices,
  write: (ctx: Ctx, before: Plan) => Promise<Failure | null>,
): Promise<Result<Made>> {
  const id = newId()
  const result = await transaction(ctx, async (ctx): Promise<Result<Made & { teams: readonly string[] }>> => {
    if (change.staff !== undefined) await lockStaff(ctx, change.staff)
    const teams = await teamsIn(ctx, await readPlan(ctx), change)
    const slugs = teams.map((team) => team.id)
    await lockTeams(ctx, slugs)
    const before = await readPlan(ctx)
    const { hits } = await hitsIn(ctx, before, teams, change)
    const refused = await write(ctx, before)
    if (refused) return refused
    await insertPlanChange(ctx, {
      id,
      kind: change.kind,
      subject: change.subject,
      offices: [...new Set(teams.map(({ office }) => office))],
      teams: slugs,
      choice: choices.all,
      from: change.from ?? null,
    })
    await insertDisplaced(
      ctx,
      id,
      hits.map((hit) => ({ ...hit, choice: choices.one.get(hit.id) ?? choices.all })),
    )
    for (const team of forOthers(slugs)) await tellChange(ctx, selfOf(ctx), team)
    await audit(ctx, { subject: `appointments-${change.kind}:${change.subject}`, ...change.says })
    if (hits.length > 0) await enqueue(ctx, settleChange, { change: id }, { key: id })
    await enqueue(ctx, lookAgain, { change: id }, { key: id, runAt: ctx.clock.now().add(LOOK_AGAIN) })
    return ok({ id, hits: hits.length, teams: slugs })
  })
  if (result.ok) await followInMemory(ctx, result.value.teams)
  return result
}

/** After something was opened: nobody is hit by it. */
export async function tellOpened(ctx: Ctx, teams: readonly string[]): Promise<void> {
  for (const team of forOthers(teams)) await tellChange(ctx, selfOf(ctx), team)
}

const forOthers = (teams: readonly string[]): readonly (string | null)[] =>
  teams.length > READ_AT_ONCE ? [null] : teams

/** After the commit: this process offers what is open now. */
export async function followInMemory(ctx: Ctx, teams: readonly string[]): Promise<void> {
  if (teams.length > READ_AT_ONCE) forgetCalendar(ctx)
  else for (const team of teams) await readTeamAnew(ctx, team)
}

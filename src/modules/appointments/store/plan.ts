import { permittedIn } from '#platform/auth/principal.ts'
import type { Ctx } from '#platform/context.ts'
import { exec, many, maybe, sql } from '#platform/db/db.ts'
import { json } from '#platform/db/json.ts'
import type { LocalizedText } from '#platform/i18n/locale.ts'
import { CELL_MS } from '../domain/cells.ts'
import type { Block, Hours } from '../domain/plan.ts'
import type { Closure, OpeningRule } from '../domain/rule.ts'
import { sideBySide } from '../domain/versions.ts'
import type { BookableService, Team, Variant } from '../domain/work.ts'
import { widenings } from './widenings.ts'

/** What an office plans with: services, teams, opening hours, days on which it is shut. */
export interface Plan extends Hours {
  readonly services: readonly BookableService[]
  readonly teams: readonly NamedTeam[]
}

export interface NamedTeam extends Team {
  /** Of the administration: whoever has a permission there or above plans for the team and sees its appointments. */
  readonly unit: string
  readonly name: LocalizedText
}

interface ServiceRow {
  slug: string
  baseMinutes: number
  personMinutes: number
  maxPeople: number
  variants: Variant[]
}

export async function readPlan(ctx: Pick<Ctx, 'db'>): Promise<Plan> {
  const services = await many(
    ctx.db,
    sql<ServiceRow>`select slug, base_minutes as "baseMinutes", person_minutes as "personMinutes",
      max_people as "maxPeople", variants from appointments_service order by slug`,
  )
  const teams = await many(
    ctx.db,
    sql<NamedTeam>`select id, office, unit, name, services from appointments_team order by office, id`,
  )
  const rules = await many(
    ctx.db,
    sql<{ id: string; team: string; content: StoredRule; from: Temporal.PlainDate | null }>`
      select id, team, content, from_day as "from" from appointments_rule where replaced_at is null order by team, id`,
  )
  const closures = await many(
    ctx.db,
    sql<Closure>`select office, first_day as "firstDay", last_day as "lastDay" from appointments_closure order by first_day`,
  )
  const blocks = await many(
    ctx.db,
    sql<Block>`select id, team, lane, (extract(epoch from lower(during)) * 1000 / ${CELL_MS})::int as "from",
      (extract(epoch from upper(during)) * 1000 / ${CELL_MS})::int as "to" from appointments_block order by lower(during)`,
  )
  const open = (await widenings(ctx)).filter(({ isOpen }) => isOpen)
  return {
    services,
    teams,
    rules: sideBySide(rules.map(({ id, team, content, from }) => ({ rule: ruleOf(id, team, content), from }))),
    closures,
    blocks,
    moreSeats: new Map(open.map(({ team, seats }) => [team, seats])),
  }
}

/** Teams of the units in which the account has the permission: a house may be shared, and each unit sees its own. */
export const teamsFor = (ctx: Pick<Ctx, 'db' | 'account'>, permission: string): Promise<NamedTeam[]> =>
  many(
    ctx.db,
    sql<NamedTeam>`select id, office, unit, name, services from appointments_team
      where ${permittedIn(ctx, permission, 'unit')} order by office, id`,
  )

/** Of the administration; undefined where the team is gone. In the caller's transaction, which memory would leave. */
export const unitOfTeam = async (ctx: Pick<Ctx, 'db'>, team: string): Promise<string | undefined> =>
  (await maybe(ctx.db, sql<{ unit: string }>`select unit from appointments_team where id = ${team}`))?.unit

/** Whether some team sees people for it. */
export const isBookable = async (ctx: Pick<Ctx, 'db'>, service: string): Promise<boolean> =>
  (await maybe(
    ctx.db,
    sql<{ slug: string }>`select slug from appointments_service where slug = ${service}
      and exists (select from appointments_team t where ${service} = any(t.services))`,
  )) !== null

/** As JSON has it: days and times as ISO text. */
export interface StoredRule {
  readonly firstDay: string
  readonly lastDay: string | null
  readonly days: OpeningRule['days']
  readonly hours: readonly StoredSpan[]
  readonly breaks: readonly StoredSpan[]
  readonly seats: OpeningRule['seats']
  readonly stepMinutes: number
  readonly onHolidays: boolean
  readonly release: { readonly weeksAhead: number; readonly at: string }
}
interface StoredSpan {
  readonly from: string
  readonly to: string
}

const spanOf = ({ from, to }: StoredSpan) => ({ from: Temporal.PlainTime.from(from), to: Temporal.PlainTime.from(to) })

export function ruleOf(id: string, team: string, stored: StoredRule): OpeningRule {
  return {
    ...stored,
    id,
    team,
    firstDay: Temporal.PlainDate.from(stored.firstDay),
    lastDay: stored.lastDay === null ? null : Temporal.PlainDate.from(stored.lastDay),
    hours: stored.hours.map(spanOf),
    breaks: stored.breaks.map(spanOf),
    release: { ...stored.release, at: Temporal.PlainTime.from(stored.release.at) },
  }
}

/** Writes all services and teams anew; rules and bookings stay. */
export async function writeServicesAndTeams(
  ctx: Ctx,
  services: readonly BookableService[],
  teams: readonly NamedTeam[],
): Promise<void> {
  await exec(
    ctx.db,
    sql`insert into appointments_service (slug, base_minutes, person_minutes, max_people, variants)
      select slug, "baseMinutes", "personMinutes", "maxPeople", array(select jsonb_array_elements_text(variants))
      from jsonb_to_recordset(${json(services)}) as s
        (slug text, "baseMinutes" int, "personMinutes" int, "maxPeople" int, variants jsonb)
      on conflict (slug) do update set base_minutes = excluded.base_minutes, person_minutes = excluded.person_minutes,
        max_people = excluded.max_people, variants = excluded.variants`,
  )
  await exec(
    ctx.db,
    sql`insert into appointments_team (id, office, unit, name, services)
      select id, office, unit, name, array(select jsonb_array_elements_text(services))
      from jsonb_to_recordset(${json(teams)}) as t (id text, office text, unit text, name jsonb, services jsonb)
      on conflict (id) do update set office = excluded.office, unit = excluded.unit, name = excluded.name, services = excluded.services`,
  )
}

/** The first version of each rule. */
export async function insertRules(ctx: Ctx, rules: readonly OpeningRule[]): Promise<void> {
  const rows = rules.map(({ id, team, ...content }) => ({ id, team, content }))
  await exec(
    ctx.db,
    sql`insert into appointments_rule (id, version, team, content, made_at, made_by)
      select id, 1, team, content, ${ctx.clock.now()}, ${ctx.account?.id ?? null}::uuid
      from jsonb_to_recordset(${json(rows)}) as r (id uuid, team text, content jsonb)`,
  )
}

export async function insertClosure(ctx: Ctx, id: string, closure: Closure, reason: string): Promise<void> {
  await exec(
    ctx.db,
    sql`insert into appointments_closure (id, office, first_day, last_day, reason, made_at, made_by)
      values (${id}, ${closure.office}, ${closure.firstDay}, ${closure.lastDay}, ${reason}, ${ctx.clock.now()},
        ${ctx.account?.id ?? null}::uuid)`,
  )
}

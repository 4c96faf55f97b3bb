import { audit } from '#platform/audit/audit.ts'
import type { Ctx } from '#platform/context.ts'
import { transaction } from '#platform/db/transaction.ts'
import { csvReply } from '#platform/csv.ts'
import { htmlPage, redirect } from '#platform/http/reply.ts'
import { queryChoice } from '#platform/http/query.ts'
import { action, page, staff, type Req, type Route } from '#platform/http/route.ts'
import { offerOf, titleIn } from '../../offer.ts'
import { mailPatterns } from '../../store/patterns.ts'
import { widenings } from '../../store/widenings.ts'
import { PLAN, teamIdsFor, WORK } from '../../use-cases/plan/offices.ts'
import { endWidening, ofTeam, recentAttendance, setWidening } from '../../use-cases/plan/widen.ts'
import { texts } from '../../texts/index.ts'
import { teamName } from '../../views/plan/frame.ts'
import { missedPage, type MissedView } from '../../views/plan/missed.ts'
import { patternsPage, PATTERN_DAYS } from '../../views/plan/patterns.ts'
import { widenPage, type TypedWidening } from '../../views/plan/widen.ts'
import { plannedTeams, teamParams, withTeam } from './one-team.ts'

const PATH = '/workbench/termine/ausfaelle'
const PATTERNS_SHOWN = 100

export const missedRoutes: readonly Route[] = [
  page({
    path: PATH,
    access: staff(PLAN),
    handle: async (ctx, req) =>
      htmlPage(missedPage(ctx, await missedView(ctx, queryChoice(req, 'erledigt', ['gespeichert', 'beendet'])))),
  }),
  page({
    path: `${PATH}.csv`,
    access: staff(PLAN),
    handle: async (ctx) => {
      const t = texts(ctx).plan.missed
      const { teams, counts, offer } = await missedView(ctx, null)
      const rows = counts.map(({ team, service, booked, missed }) => {
        const name = teams.find(({ id }) => id === team)?.name ?? team
        return [name, titleIn(offer, service), booked, missed]
      })
      return csvReply(`${t.title}.csv`, [t.team, t.service, t.booked, t.missed], rows)
    },
  }),
  page({
    path: `${PATH}/regel/:team`,
    access: staff(PLAN),
    params: teamParams,
    examples: async (ctx) => (await plannedTeams(ctx)).teams.slice(0, 1).map(({ id }) => `${PATH}/regel/${id}`),
    handle: withTeam(async (ctx, { team, name }) => {
      const rule = (await widenings(ctx)).find((one) => one.team === team.id)
      const typed = { fromPercent: String(rule?.fromPercent ?? ''), seats: String(rule?.seats ?? '') }
      return htmlPage(await form(ctx, team.id, name, typed, {}))
    }),
  }),
  action({
    path: `${PATH}/regel/:team`,
    access: staff(PLAN),
    params: teamParams,
    handle: withTeam(async (ctx, { team, name }, req) => {
      const typed = typedIn(req)
      const fromPercent = wholeNumber(typed.fromPercent, 1, 100)
      const seats = wholeNumber(typed.seats, 1, 20)
      const t = texts(ctx).plan.missed
      const errors = {
        ...(fromPercent === null ? { fromPercent: t.percentWrong } : {}),
        ...(seats === null ? { seats: t.seatsWrong } : {}),
      }
      if (fromPercent === null || seats === null)
        return htmlPage(await form(ctx, team.id, name, typed, errors), { status: 422 })
      await setWidening(ctx, { team: team.id, fromPercent, seats })
      return redirect(`${PATH}?erledigt=gespeichert`)
    }),
  }),
  action({
    path: `${PATH}/regel/:team/ende`,
    access: staff(PLAN),
    params: teamParams,
    handle: withTeam(async (ctx, { team }) => {
      await endWidening(ctx, team.id)
      return redirect(`${PATH}?erledigt=beendet`)
    }),
  }),
  page({
    path: `${PATH}/auffaelliges`,
    access: staff(WORK),
    handle: async (ctx) => {
      const patterns = await seenPatterns(ctx)
      return htmlPage(patternsPage(ctx, patterns))
    },
  }),
  page({
    path: `${PATH}/auffaelliges.csv`,
    access: staff(WORK),
    handle: async (ctx) => {
      const t = texts(ctx).plan.patterns
      return csvReply(
        `${t.title}.csv`,
        [t.email, t.booked, t.cancelled, t.handedOn, t.names, t.overlapping, t.unconfirmed, t.missed],
        (await seenPatterns(ctx)).map((one) => [
          one.email,
          one.booked,
          one.cancelled,
          one.handedOn,
          one.names,
          one.overlapping,
          one.unconfirmed,
          one.missed,
        ]),
      )
    },
  }),
]

/** Who looks at what somebody did is noted, as everywhere. */
async function seenPatterns(ctx: Ctx) {
  const since = ctx.clock.now().subtract({ hours: PATTERN_DAYS * 24 })
  const patterns = await mailPatterns(ctx, await teamIdsFor(ctx, WORK), since, PATTERNS_SHOWN)
  await transaction(ctx, (ctx) =>
    audit(ctx, { subject: 'appointments:patterns', action: 'appointments.patterns-seen' }),
  )
  return patterns
}

async function missedView(ctx: Ctx, done: MissedView['done']): Promise<MissedView> {
  const { offices, teams } = await plannedTeams(ctx)
  const slugs = offices.map(({ slug }) => slug)
  const own = new Set(teams.map(({ id }) => id))
  const counts = (await recentAttendance(ctx, slugs)).filter(({ team }) => own.has(team))
  const rules = await widenings(ctx)
  return {
    offer: await offerOf(ctx),
    counts,
    done,
    teams: teams.map((team) => ({
      id: team.id,
      name: teamName(
        ctx,
        team,
        offices.find(({ slug }) => slug === team.office),
      ),
      ...ofTeam(counts, team.id),
      rule: rules.find((rule) => rule.team === team.id) ?? null,
    })),
  }
}

async function form(
  ctx: Ctx,
  team: string,
  name: string,
  typed: TypedWidening,
  errors: Readonly<Record<string, string>>,
) {
  const rule = (await widenings(ctx)).find((one) => one.team === team) ?? null
  return widenPage(ctx, { team, name, typed, errors, rule, counted: ofTeam(await recentAttendance(ctx), team) })
}

const typedIn = ({ form }: Pick<Req, 'form'>): TypedWidening => ({
  fromPercent: form.get('fromPercent').trim().slice(0, 10),
  seats: form.get('seats').trim().slice(0, 10),
})

function wholeNumber(typed: string, least: number, most: number): number | null {
  const number = /^\d{1,3}$/.test(typed) ? Number(typed) : NaN
  return number >= least && number <= most ? number : null
}

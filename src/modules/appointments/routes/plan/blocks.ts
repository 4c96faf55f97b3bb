import type { Ctx } from '#platform/context.ts'
import { newId } from '#platform/db/id.ts'
import { isId, queryText } from '#platform/http/query.ts'
import { htmlPage, problem, redirect, type Reply } from '#platform/http/reply.ts'
import { action, page, staff, type FormFields, type Route } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { cityDate, today } from '#platform/time/clock.ts'
import { readDay, dayText } from '#platform/time/day.ts'
import { descriptionList } from '#platform/html/components/index.ts'
import { BLOCK_REASONS } from '../../domain/block.ts'
import { chosenLanes } from '../../domain/lane.ts'
import { offerOf } from '../../offer.ts'
import { addBlocks, changeOfBlocks, removeBlock, type WantedBlocks } from '../../use-cases/plan/blocks.ts'
import { previewHits } from '../../use-cases/plan/make-change.ts'
import { PLAN } from '../../use-cases/plan/offices.ts'
import { texts } from '../../texts/index.ts'
import { blockFormPage, BLOCKS, blockWhen, type TypedBlock } from '../../views/plan/block-form.ts'
import { calendarAddress } from '../../views/plan/calendar.ts'
import { previewPage } from '../../views/plan/preview.ts'
import { choicesIn, stepIn } from './choices.ts'
import { plannedTeams, ruleParams } from './one-team.ts'
import { placeOf } from './place.ts'
import { readStretch } from './stretch.ts'
import { afterChange } from './rule-work.ts'

const access = staff(PLAN)
type Errors = Readonly<Record<string, string>>

export const blockRoutes: readonly Route[] = [
  page({
    path: `${BLOCKS}/neu`,
    access,
    handle: async (ctx, req) =>
      formPage(ctx, queryText(req, 'dienststelle'), {
        id: newId(),
        lane: queryText(req, 'schalter'),
        day: queryText(req, 'tag') || dayText(today(ctx.clock)),
        lastDay: '',
        from: '',
        to: '',
        reason: '',
      }),
  }),
  action({
    path: `${BLOCKS}/neu`,
    access,
    handle: async (ctx, req) => {
      const typed = typedIn(req.form)
      const office = req.form.get('office')
      if (!isId(typed.id)) return problem(fail('bad-request'))
      const step = stepIn(req.form)
      if (step === 'form') return formPage(ctx, office, typed)
      const read = await readBlock(ctx, office, typed)
      if ('errors' in read) return formPage(ctx, office, typed, read.errors)
      if (step === 'preview') return preview(ctx, office, typed, read)
      const added = await addBlocks(ctx, read, choicesIn(req.form))
      const calendar = calendarOf(office, read)
      if (added.ok) return redirect(afterChange(added.value, `${calendar}&erledigt=gesperrt`))
      // Sent twice: it is there already.
      return added.problem === 'edited-by-others' ? redirect(calendar) : problem(added)
    },
  }),
  action({
    path: `${BLOCKS}/:id`,
    access,
    params: ruleParams,
    handle: async (ctx, req) => {
      const { teams } = await plannedTeams(ctx)
      const mayTeam = (team: string) => teams.some(({ id }) => id === team)
      const removed = await removeBlock(ctx, req.params.id, mayTeam, req.form.has('alle'))
      if (!removed.ok) return problem(removed)
      const office = teams.find(({ id }) => id === removed.value.team)!.office
      return redirect(`${calendarOf(office, removed.value)}&erledigt=frei`)
    },
  }),
]

const calendarOf = (office: string, { startsAt }: Pick<WantedBlocks, 'startsAt'>) =>
  calendarAddress({ office, day: cityDate(startsAt), view: 'tag', lane: null, person: null })

const typedIn = (form: FormFields): TypedBlock => ({
  id: form.get('id'),
  lane: form.get('lane').slice(0, 160),
  day: form.get('day').trim().slice(0, 20),
  lastDay: form.get('lastDay').trim().slice(0, 20),
  from: form.get('from').trim().slice(0, 20),
  to: form.get('to').trim().slice(0, 20),
  reason: form.get('reason'),
})

async function formPage(ctx: Ctx, slug: string, typed: TypedBlock, errors: Errors = {}): Promise<Reply> {
  const place = await placeOf(ctx, slug)
  if (!place) return problem(fail('not-found'))
  const { office, lanes, teams } = place
  const now = today(ctx.clock)
  const day = readDay(typed.day, { today: now, lean: 'coming' }).date ?? now
  return htmlPage(
    blockFormPage(ctx, {
      officeName: office.name[ctx.locale],
      office: office.slug,
      back: calendarAddress({ office: office.slug, day, view: 'tag', lane: null, person: null }),
      lanes,
      teams,
      typed,
      errors,
    }),
    { status: Object.keys(errors).length > 0 ? 422 : 200 },
  )
}

async function readBlock(
  ctx: Ctx,
  office: string,
  typed: TypedBlock,
): Promise<WantedBlocks | { readonly errors: Errors }> {
  const lanes = chosenLanes(typed.lane, (await placeOf(ctx, office))?.lanes ?? [])
  const stretch = readStretch(ctx, { ...typed, lane: lanes[0] ?? '' }, lanes)
  const reason = BLOCK_REASONS.find((one) => one === typed.reason)
  const missing: Errors = reason ? {} : { reason: texts(ctx).plan.block.reasonMissing }
  if ('errors' in stretch) return { errors: { ...stretch.errors, ...missing } }
  return reason ? { id: typed.id, ...stretch, lanes, reason } : { errors: missing }
}

async function preview(ctx: Ctx, office: string, typed: TypedBlock, block: WantedBlocks): Promise<Reply> {
  const t = texts(ctx).plan
  return htmlPage(
    previewPage(ctx, {
      kind: 'block',
      preline: t.block.title,
      back: { path: calendarOf(office, block), label: t.calendar.title },
      what: descriptionList(ctx, [
        { label: t.block.counter, value: blockWhen(ctx, { ...block, lane: typed.lane }) },
        { label: t.block.reason, value: t.block.reasons[block.reason] },
      ]),
      action: `${BLOCKS}/neu`,
      hidden: [...Object.entries(typed), ['office', office]],
      hits: await previewHits(ctx, changeOfBlocks(block)),
      offer: await offerOf(ctx),
    }),
  )
}

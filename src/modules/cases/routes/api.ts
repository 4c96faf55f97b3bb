import { Type, type Static } from '#platform/schema.ts'
import type { Transition as OfferedTransition } from '#modules/services/public.ts'
import type { Ctx } from '#platform/context.ts'
import { Problem } from '#platform/http/openapi.ts'
import { jsonReply, problem, type Reply } from '#platform/http/reply.ts'
import { api, signedIn, staff, type Route } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { isoSeconds } from '#platform/time/clock.ts'
import { inboxQuery, readCursor, readInboxFilter, writeCursor } from '../domain/inbox.ts'
import { offeredTransitions } from '../domain/workflow.ts'
import { inboxPage, type InboxRow } from '../store/inbox.ts'
import { casesOfMine, type OwnRow } from '../store/mine.ts'
import type { Case } from '../store/rows.ts'
import { READ } from '../store/visible.ts'
import { clerkIn, decide } from '../use-cases/decide.ts'
import { definitionFor } from '../use-cases/definition-for.ts'
import { holdsIn, scopeOf } from '../use-cases/scope.ts'
import { texts } from '../texts/index.ts'
import { wordsFor, wordsOf, type ServiceWords } from '../views/words.ts'
import { findCase } from './load-case.ts'

const day = () => Type.Union([Type.String({ format: 'date' }), Type.Null()])
const instant = () => Type.String({ format: 'date-time' })
const State = Type.Object({
  name: Type.String({ description: 'Name of the state in the service’s workflow' }),
  plain: Type.String({ description: 'The state in plain words, in the language of Accept-Language' }),
})

export const PublicCase = Type.Object({
  caseNumber: Type.String({ examples: ['BPA-2026-000017-4'] }),
  service: Type.Object({ slug: Type.String(), title: Type.String() }),
  state: State,
  next: Type.String({ description: 'What happens next, in plain words' }),
  until: day(),
  openedAt: instant(),
  closedAt: Type.Union([instant(), Type.Null()]),
  missing: Type.Union([Type.String(), Type.Null()], { description: 'What the applicant still has to hand in' }),
})

const WorkbenchCase = Type.Object({
  caseNumber: Type.String(),
  service: Type.Object({ slug: Type.String(), title: Type.String(), version: Type.Integer() }),
  state: State,
  unit: Type.String(),
  assignee: Type.Union([Type.String({ format: 'uuid' }), Type.Null()]),
  applicant: Type.Object({ name: Type.String() }),
  openedAt: instant(),
  changedAt: instant(),
  closedAt: Type.Union([instant(), Type.Null()]),
  dueOn: day(),
  followUpOn: day(),
  version: Type.Integer({ description: 'For If-Match: goes up with every change' }),
})

export const Transition = Type.Object({
  name: Type.String(),
  label: Type.String(),
  to: Type.String(),
  fields: Type.Array(Type.Object({ name: Type.String(), type: Type.String(), required: Type.Boolean() })),
})

const CaseWithSteps = Type.Intersect([
  WorkbenchCase,
  Type.Object({ answers: Type.Unknown(), findings: Type.Unknown(), transitions: Type.Array(Transition) }),
])

const numbered = Type.Object({ caseNumber: Type.String({ maxLength: 64 }) })

export const apiRoutes: readonly Route[] = [
  api({
    method: 'GET',
    path: '/api/v1/me/cases',
    access: signedIn,
    summary: 'The applications of the signed-in person',
    tags: ['cases'],
    replies: { 200: Type.Object({ cases: Type.Array(PublicCase) }), 401: Problem },
    handle: async (ctx) => {
      const rows = await casesOfMine(ctx)
      const words = await wordsFor(ctx, rows)
      return jsonReply({ cases: rows.map((row) => publicCase(row, words(row))) })
    },
  }),

  api({
    method: 'GET',
    path: '/api/v1/workbench/cases',
    access: staff(READ),
    summary: 'A list of cases, filtered and sorted as in the workbench',
    tags: ['workbench'],
    query: Type.Object(
      {
        q: Type.Optional(Type.String({ maxLength: 200 })),
        unit: Type.Optional(Type.String()),
        service: Type.Optional(Type.String()),
        state: Type.Optional(Type.String()),
        assignee: Type.Optional(Type.String({ description: '`me`, `none` or the id of an account' })),
        phase: Type.Optional(Type.String({ enum: ['open', 'closed', 'all'] })),
        due: Type.Optional(Type.String({ enum: ['overdue', 'week'] })),
        followup: Type.Optional(Type.String({ enum: ['due', 'any'] })),
        news: Type.Optional(Type.String({ enum: ['1'] })),
        sort: Type.Optional(Type.String({ enum: ['opened', '-opened', 'due', '-due', 'changed', '-changed'] })),
        after: Type.Optional(Type.String({ maxLength: 200, description: 'From `next` of the page before' })),
        limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
      },
      { additionalProperties: false },
    ),
    replies: {
      200: Type.Object({ cases: Type.Array(WorkbenchCase), next: Type.Union([Type.String(), Type.Null()]) }),
      400: Problem,
      401: Problem,
      403: Problem,
    },
    handle: async (ctx, req) => {
      const filter = readInboxFilter(req.query)
      const after = readCursor(req.query.after, filter.sort)
      const page = await inboxPage(ctx, filter, { after, before: null }, req.query.limit ?? 50)
      const words = await wordsFor(ctx, page.rows)
      const next =
        page.next &&
        `/api/v1/workbench/cases?${[inboxQuery(filter), `after=${writeCursor(page.next)}`].filter(Boolean).join('&')}`
      return jsonReply({ cases: page.rows.map((row) => workbenchCase(row, words(row))), next })
    },
  }),

  api({
    method: 'GET',
    path: '/api/v1/workbench/cases/:caseNumber',
    access: staff(READ),
    summary: 'One case, with what the clerk can do; its version is the ETag',
    tags: ['workbench'],
    params: numbered,
    replies: {
      200: CaseWithSteps,
      404: Problem,
    },
    handle: async (ctx, req) => {
      const kase = await findCase(ctx, req.params.caseNumber)
      return kase ? caseReply(ctx, kase, 200) : problem(fail('not-found'))
    },
  }),

  api({
    method: 'POST',
    path: '/api/v1/workbench/cases/:caseNumber/transitions/:name',
    access: staff(READ),
    summary: 'Takes a step of the workflow; send the version that you saw in If-Match',
    tags: ['workbench'],
    params: Type.Object({ caseNumber: Type.String({ maxLength: 64 }), name: Type.String({ maxLength: 64 }) }),
    body: Type.Optional(
      Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Null()]), {
        description: 'Fields of the transition by name; money in cents',
      }),
    ),
    alsoReads: {
      headers: Type.Object({ 'If-Match': Type.String({ description: 'The version, as in ETag', examples: ['"7"'] }) }),
    },
    replies: {
      200: CaseWithSteps,
      403: Problem,
      404: Problem,
      409: Problem,
      412: Problem,
      422: Problem,
      428: Problem,
    },
    handle: async (ctx, req) => {
      const kase = await findCase(ctx, req.params.caseNumber)
      if (!kase) return problem(fail('not-found'))
      const ifMatch = req.headers['if-match']
      if (typeof ifMatch !== 'string') return problem(fail('version-required'))
      const revision = Number(/^(?:W\/)?"?(\d{1,9})"?$/.exec(ifMatch.trim())?.[1] ?? 0)
      const body = (req.body ?? {}) as Record<string, string | number | null>
      const typed = (name: string) => (Object.hasOwn(body, name) ? body[name] : undefined)
      const wish = { caseId: kase.id, transition: req.params.name, revision, typed }
      const result = await decide(ctx, wish, { atOnce: true })
      if (result.ok) return caseReply(ctx, (await findCase(ctx, kase.number)) ?? result.value.kase, 200)
      if (result.problem === 'edited-by-others') return problem(fail('edited-by-others'))
      return problem(
        fail(result.problem, { detail: result.says?.[ctx.locale], fields: fieldWords(ctx, result.fieldProblems) }),
      )
    },
  }),
]

export function fieldWords(ctx: Ctx, problems: Readonly<Record<string, string>> | undefined) {
  if (!problems) return undefined
  const words = texts(ctx).decide.errors
  return Object.fromEntries(
    Object.entries(problems).map(([name, word]) => [name, words[word as keyof typeof words](name)]),
  )
}

async function caseReply(ctx: Ctx, kase: Case, status: number): Promise<Reply> {
  const definition = await definitionFor(ctx, kase)
  const words = wordsOf(definition, kase.service, ctx.locale)
  const holds = holdsIn(scopeOf(ctx, definition, kase))
  const offered = kase.closedAt ? [] : offeredTransitions(definition, kase.state, clerkIn(ctx, kase.unit), holds)
  const value = {
    ...workbenchCase({ ...kase, name: kase.applicant.name }, words),
    answers: kase.answers,
    findings: kase.findings,
    transitions: offered.map(transitionFor(words)),
  }
  return jsonReply(value, status, { etag: `"${kase.revision}"` })
}

export const transitionFor =
  (words: ServiceWords) =>
  ({ name, to, fields }: OfferedTransition): Static<typeof Transition> => ({
    name,
    label: words.label(name),
    to,
    fields: fields.map(({ name, type, required }) => ({ name, type, required })),
  })

export function publicCase(
  kase: Pick<Case, 'number' | 'service' | 'state' | 'dueOn' | 'openedAt' | 'closedAt' | 'missing'> | OwnRow,
  words: ServiceWords,
): Static<typeof PublicCase> {
  return {
    caseNumber: kase.number,
    service: { slug: kase.service, title: words.title },
    state: { name: kase.state, plain: words.state(kase.state) },
    next: words.next(kase.state),
    until: kase.dueOn?.toString() ?? null,
    openedAt: isoSeconds(kase.openedAt),
    closedAt: kase.closedAt && isoSeconds(kase.closedAt),
    missing: kase.missing,
  }
}

function workbenchCase(
  row: Omit<InboxRow, 'place' | 'reason' | 'enteredAt' | 'newsAt' | 'outcome'>,
  words: ServiceWords,
): Static<typeof WorkbenchCase> {
  return {
    caseNumber: row.number,
    service: { slug: row.service, title: words.title, version: row.version },
    state: { name: row.state, plain: words.state(row.state) },
    unit: row.unit,
    assignee: row.assignee,
    applicant: { name: row.name },
    openedAt: isoSeconds(row.openedAt),
    changedAt: isoSeconds(row.changedAt),
    closedAt: row.closedAt && isoSeconds(row.closedAt),
    dueOn: row.dueOn?.toString() ?? null,
    followUpOn: row.followUpOn?.toString() ?? null,
    version: row.revision,
  }
}

import type { Ctx } from '#platform/context.ts'
import { many, sql } from '#platform/db/db.ts'
import { caseById } from '../store/case.ts'
import { insertDocument } from '../store/documents.ts'
import { DEMO_TOKEN, insertStatement } from '../store/statements.ts'
import { definitionFor } from '../use-cases/definition-for.ts'
import { letterTitle, renderLetter } from '../use-cases/letter.ts'
import { nothingDone } from '../use-cases/progress.ts'
import { inputsFrom } from '../use-cases/scope.ts'

/** One case waits for the word of another organisation. */
export async function askDemoStatement(ctx: Ctx): Promise<void> {
  const [kase] = await many(
    ctx.db,
    sql<{ id: string; assignee: string }>`select id, assignee from cases_case
      where assignee is not null and closed_at is null order by number limit 1`,
  )
  if (!kase) return
  const account = { id: kase.assignee } as Ctx['account']
  await insertStatement(
    { ...ctx, account },
    {
      caseId: kase.id,
      organisation: 'Tierheim Neckartal',
      email: 'info@tierheim.example',
      question: 'Können Sie den Nachweis bestätigen, der uns vorgelegt wurde?',
      token: DEMO_TOKEN,
      expiresAt: ctx.clock.now().add({ hours: 24 * 30 }),
    },
  )
}

/** How many of the newest decided cases get their letter; each takes some milliseconds to be set. */
const LETTERS = 25

/** Letters of the newest decisions, and of everybody's who has an account and looks there first. */
export async function writeDemoLetters(ctx: Ctx): Promise<void> {
  const newest = await many(
    ctx.db,
    sql<{ id: string }>`(select id from cases_case where service = 'dog-registration' and outcome = 'granted'
        and applicant_email = 'anna.becker@musterstadt.example')
      union (select id from cases_case where service = 'dog-registration' and outcome = 'granted'
        order by closed_at desc limit ${LETTERS})`,
  )
  for (const { id } of newest) {
    const kase = (await caseById(ctx, id))!
    const definition = await definitionFor(ctx, kase)
    const transition = definition.workflow.transitions.find(
      ({ to, actions, by }) =>
        to === kase.state &&
        actions.some((action) => action.do === 'letter') &&
        (by === 'system') === (kase.assignee === null),
    )
    const action = transition?.actions.find((one) => one.do === 'letter')
    if (!action?.template) continue
    const progress = nothingDone(ctx, definition, kase, {})
    const inputs = inputsFrom(progress.scope, action.input)
    const title = letterTitle(progress, action.template, inputs)
    const file = await ctx.app.files.save(ctx, {
      name: `${title} ${kase.number}.pdf`,
      content: await renderLetter(ctx, action.template, progress, inputs),
      owner: `case:${id}`,
    })
    await insertDocument(ctx, { caseId: id, fileId: file.id, kind: 'letter', template: action.template, title })
  }
}

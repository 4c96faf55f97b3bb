import { readDataSafe } from '#modules/accounts/public.ts'
import { definitionOf, formPrefill, type ServiceDefinition } from '#modules/services/public.ts'
import type { Ctx } from '#platform/context.ts'
import { prefill, prefillFrom, usesDataSafe, type Known, type Prefilled } from '../domain/prefill.ts'
import { saveAnswers, type Draft } from '../store/drafts.ts'
import { sourceTexts } from '../texts/index.ts'

/** Fills a draft that has just got an account with what the account's data safe and login know. */
export async function fillIn(ctx: Ctx, draft: Draft): Promise<void> {
  const def = await definitionOf(ctx, draft.slug, draft.version)
  if (!def) return
  const filled = prefill(def, await knownOf(ctx, def), draft, sourceTexts)
  if (filled.answers !== draft.answers) await saveAnswers(ctx, draft, filled.answers, filled.sources)
}

/** What a new form begins with: from the data safe and the login, and from a module that was named in the address. */
export async function firstAnswers(
  ctx: Ctx,
  def: ServiceDefinition,
  query: Readonly<Record<string, unknown>>,
): Promise<Prefilled> {
  const filled = prefill(def, await knownOf(ctx, def), { answers: {}, sources: {} }, sourceTexts)
  for (const [name, module] of ctx.app.extensions(formPrefill)) {
    const value = query[name]
    if (typeof value !== 'string' || value === '' || value.length > 200) continue
    const given = await module.prefill(ctx, def.slug, value)
    if (given) return prefillFrom(def, given.answers, given.source, filled)
  }
  return filled
}

async function knownOf(ctx: Ctx, def: ServiceDefinition): Promise<Known> {
  const { account } = ctx
  if (account?.kind !== 'citizen') return { dataSafe: null, login: null }
  const login = { name: account.name, email: account.email }
  if (!usesDataSafe(def)) return { dataSafe: null, login }
  const purpose = {
    de: `Antrag „${def.texts.de.service.title}“ ausgefüllt`,
    en: `Filled in “${def.texts.en.service.title}”`,
  }
  return { dataSafe: await readDataSafe(ctx, account.id, purpose), login }
}

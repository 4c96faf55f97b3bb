import { random } from '#modules/musterstadt/public.ts'
import { recordPastPayments } from '#modules/payments/public.ts'
import { published, type ServiceDefinition } from '#modules/services/public.ts'
import type { Ctx } from '#platform/context.ts'
import type { Seed } from '#platform/module.ts'
import * as store from '../store/seed.ts'
import { draftCases, numberCases } from './drafts.ts'
import { askDemoStatement, writeDemoLetters } from './letters.ts'
import { rowsOf } from './rows.ts'
import { SAMPLE_PDF } from './sample-pdf.ts'
import { STORIES } from './stories.ts'

/** 2,000 cases of the last year in all states, with what people wrote, noted, decided and paid. */
export const seed: Seed = {
  run: async (ctx, progress) => {
    const definitions = await definitionsOf(ctx)
    if (definitions.length === 0) return
    const dice = random('cases')
    const drafts = draftCases(ctx, dice, definitions)
    const numbers = numberCases(drafts)
    const rows = rowsOf(ctx, dice, drafts, numbers)
    progress(1, 5)
    await store.insertPastCases(ctx, rows.cases)
    progress(2, 5)
    await store.insertPastEntries(ctx, rows.entries)
    await store.insertPastMessages(ctx, rows.messages)
    await store.insertPastNotes(ctx, rows.notes)
    await store.insertPastDecisions(ctx, rows.decisions)
    await store.insertPastTimers(ctx, rows.timers)
    progress(3, 5)
    const sample = await ctx.app.files.save(ctx, { name: 'Nachweis.pdf', content: SAMPLE_PDF, owner: 'cases:demo' })
    await store.insertPastUploads(ctx, sample.id, rows.uploads)
    await recordPastPayments(ctx, rows.payments)
    progress(4, 5)
    await writeDemoLetters(ctx)
    await askDemoStatement(ctx)
    progress(5, 5)
  },
}

async function definitionsOf(ctx: Ctx): Promise<ServiceDefinition[]> {
  const found = await Promise.all(Object.keys(STORIES).map((slug) => published(ctx, slug)))
  return found.flatMap((service) => (service ? [service.definition] : []))
}

import { definitionOf } from '#modules/services/public.ts'
import type { Ctx } from '#platform/context.ts'
import { transaction } from '#platform/db/transaction.ts'
import type { RetentionRule } from '#platform/module.ts'
import { audit } from '#platform/audit/audit.ts'
import { CITY_TIME_ZONE } from '#platform/time/clock.ts'
import { casesToErase, eraseCase, servicesToErase } from './store/retention.ts'

/** Most cases in one run; the next night does the rest. */
const MOST = 1_000

/** Erases the personal data of cases whose service says that they have been closed long enough. */
export async function eraseDueCases(ctx: Ctx): Promise<number> {
  let erased = 0
  for (const { service, version } of await servicesToErase(ctx)) {
    const definition = await definitionOf(ctx, service, version)
    if (!definition) continue
    const closedBefore = ctx.clock
      .now()
      .toZonedDateTimeISO(CITY_TIME_ZONE)
      .subtract({ years: definition.retention.years })
      .toInstant()
    for (const { id } of await casesToErase(ctx, { service, version, closedBefore, limit: MOST - erased })) {
      await eraseOne(ctx, id)
      erased += 1
    }
  }
  return erased
}

async function eraseOne(ctx: Ctx, id: string): Promise<void> {
  await transaction(ctx, async (ctx) => {
    // Its documents, and what was made of them for mails: a receipt holds all answers.
    await ctx.app.files.removeOf(ctx, [`case:${id}`])
    await eraseCase(ctx, id)
    await audit(ctx, { subject: `case:${id}`, action: 'cases.erased' })
  })
}

const withCase = {
  purpose: { de: 'Teil des Vorgangs', en: 'Part of the case' },
  rule: { de: 'Wie der Vorgang', en: 'Together with the case' },
}

/** GDPR article 5(1)(e): how long depends on the service, whose definition names years and source. */
export const retention: readonly RetentionRule[] = [
  {
    table: 'cases_case',
    purpose: { de: 'Bearbeitung von Anträgen und Nachweis darüber', en: 'Working on applications, and a record of it' },
    rule: {
      de: 'Nach dem Ende des Vorgangs so viele Jahre, wie die Leistung sagt; dann werden alle personenbezogenen Daten gelöscht, Nummer und Ergebnis bleiben.',
      en: 'For as many years after the end of the case as the service says; then all personal data are erased, number and outcome stay.',
    },
    run: eraseDueCases,
  },
  { table: 'cases_message', ...withCase },
  { table: 'cases_note', ...withCase },
  { table: 'cases_document', ...withCase },
  { table: 'cases_decision', ...withCase },
  { table: 'cases_statement', ...withCase },
  {
    table: 'cases_view',
    purpose: { de: 'Eigene Ansichten von Mitarbeitenden', en: 'Staff’s own views' },
    rule: { de: 'Bis das Konto gelöscht wird', en: 'Until the account is deleted' },
  },
]

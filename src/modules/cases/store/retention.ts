import { dataErased } from '#platform/audit/trail.ts'
import type { Ctx } from '#platform/context.ts'
import { exec, many, sql } from '#platform/db/db.ts'

/** Services and versions of closed cases that still hold personal data. */
export async function servicesToErase(ctx: Ctx): Promise<{ service: string; version: number }[]> {
  return many(
    ctx.db,
    sql<{ service: string; version: number }>`select distinct service, service_version as version from cases_case
      where closed_at is not null and erased_at is null`,
  )
}

export async function casesToErase(
  ctx: Ctx,
  of: { service: string; version: number; closedBefore: Temporal.Instant; limit: number },
): Promise<{ id: string }[]> {
  return many(
    ctx.db,
    sql<{ id: string }>`select id from cases_case where service = ${of.service} and service_version = ${of.version}
      and closed_at < ${of.closedBefore} and erased_at is null order by closed_at limit ${of.limit}`,
  )
}

/**
 * Takes everything personal out of a closed case. What stays is a number, a service, days and an outcome, for figures,
 * and the hashes of its audit chain, so that the chain still holds.
 */
export async function eraseCase(ctx: Ctx, caseId: string): Promise<void> {
  await exec(
    ctx.db,
    sql`with message as (delete from cases_message where case_id = ${caseId}),
      note as (delete from cases_note where case_id = ${caseId}),
      document as (delete from cases_document where case_id = ${caseId}),
      decision as (delete from cases_decision where case_id = ${caseId}),
      statement as (delete from cases_statement where case_id = ${caseId}),
      timer as (delete from cases_timer where case_id = ${caseId}),
      pending as (delete from cases_pending where case_id = ${caseId}),
      entry as (${dataErased(`case:${caseId}`)})
    update cases_case set account_id = null, applicant_name = '–', applicant_email = '', applicant_telephone = null,
      answers = '{}', findings = '{}', reason = null, missing = null, news_at = null, access_code_hash = '',
      idempotency_hash = ${`erased:${caseId}`}, search = ''::tsvector, erased_at = ${ctx.clock.now()}
    where id = ${caseId}`,
  )
}

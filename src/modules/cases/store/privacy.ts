import type { Ctx } from '#platform/context.ts'
import { exec, many, sql } from '#platform/db/db.ts'

/** Everything that the city holds on a person's cases (GDPR articles 15 and 20). */
export async function exportCases(ctx: Ctx, accountId: string): Promise<unknown[]> {
  return many(
    ctx.db,
    sql<unknown>`select k.number, k.service, k.state, k.outcome, k.opened_at::text as "openedAt", k.closed_at::text as "closedAt",
        k.applicant_name as name, k.applicant_email as email, k.applicant_telephone as telephone, k.answers, k.findings,
        (select coalesce(jsonb_agg(jsonb_build_object('direction', m.direction, 'body', m.body, 'at', m.created_at) order by m.created_at), '[]')
          from cases_message m where m.case_id = k.id) as messages,
        (select coalesce(jsonb_agg(jsonb_build_object('name', f.name, 'kind', d.kind, 'bytes', f.bytes, 'at', d.created_at) order by d.created_at), '[]')
          from cases_document d join file_object f on f.id = d.file_id where d.case_id = k.id) as documents,
        (select coalesce(jsonb_agg(jsonb_build_object('transition', e.transition, 'input', e.input, 'at', e.decided_at) order by e.decided_at), '[]')
          from cases_decision e where e.case_id = k.id) as decisions
      from cases_case k where k.account_id = ${accountId} order by k.opened_at`,
  )
}

/**
 * The account goes, its cases stay until their service's period is over (GDPR article 17(3)(b): a record that the law
 * demands); they no longer belong to an account. Views of staff go.
 */
export async function detachAccount(ctx: Ctx, accountId: string): Promise<void> {
  await exec(ctx.db, sql`update cases_case set account_id = null where account_id = ${accountId}`)
  await exec(ctx.db, sql`delete from cases_view where account_id = ${accountId}`)
}

/** Hands open cases of staff who leave back to the inbox, so that nobody's work is lost. */
export async function releaseCases(ctx: Ctx, accountId: string): Promise<void> {
  await exec(
    ctx.db,
    sql`with kase as (
        update cases_case set assignee = null, version = version + 1 where assignee = ${accountId} and closed_at is null
        returning cell, unit, service, state, closed_at, assignee)
      insert into cases_cell (cell, unit, service, state, is_closed, is_assigned)
        select distinct cell, unit, service, state, closed_at is not null, assignee is not null from kase on conflict do nothing`,
  )
}

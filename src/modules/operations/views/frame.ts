import type { Ctx } from '#platform/context.ts'
import { may } from '#platform/auth/principal.ts'
import { pageHeading, tabs } from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, type Html } from '#platform/html/html.ts'
import { layout } from '#platform/html/layout.ts'
import { texts } from '../texts/index.ts'

export const OVERVIEW = '/workbench/betrieb'
export const JOBS = '/workbench/betrieb/auftraege'
export const AUDIT = '/workbench/betrieb/protokoll'
export const RETENTION = '/workbench/betrieb/loeschfristen'

export const READ = 'operations.read'
export const AUDIT_READ = 'audit.read'

/** The four pages under one heading; each person sees the tabs that they may open. */
export function frame(
  ctx: Ctx,
  page: { path: string; title: string; lead: string; main: Html; hasErrors?: boolean },
): Html {
  const t = texts(ctx)
  const entries = [
    { label: t.tabs.overview, path: OVERVIEW, permission: READ },
    { label: t.tabs.jobs, path: JOBS, permission: READ },
    { label: t.tabs.audit, path: AUDIT, permission: AUDIT_READ },
    { label: t.tabs.retention, path: RETENTION, permission: READ },
  ]
  const main = html`${pageHeading({ title: page.title, lead: page.lead })}
    ${tabs(
      t.tabs.label,
      entries
        .filter((entry) => may(ctx, entry.permission))
        .map(({ label, path }) => ({ label, href: href(ctx, path), current: path === page.path })),
    )}
    ${page.main}`
  return layout(ctx, { title: page.title, main, hasErrors: page.hasErrors })
}

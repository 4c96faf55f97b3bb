import type { Fee, ServiceDefinition, SummarySection } from '#modules/services/public.ts'
import type { Ctx } from '#platform/context.ts'
import {
  alert,
  button,
  buttonGroup,
  errorSummary,
  fieldId,
  form,
  hiddenField,
  linkButton,
  notice,
  pageHeading,
  progress,
  section,
  stepOf,
  summaryList,
} from '#platform/html/components/index.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { href } from '#platform/html/href.ts'
import { layout } from '#platform/html/layout.ts'
import { formatMoney } from '#platform/i18n/format.ts'
import { consentStep } from '../domain/pages.ts'
import { ACTION } from '../use-cases/save-step.ts'
import { texts } from '../texts/index.ts'
import { fieldView } from './fields.ts'
import type { FieldSurroundings } from './surroundings.ts'
import { trialNotice } from './start.ts'

export interface SummaryPage {
  readonly def: ServiceDefinition
  readonly sections: readonly SummarySection[]
  readonly fee: (Fee & { readonly label: string }) | null
  readonly around: FieldSurroundings
  /** '/antrag/<slug>/<id>' */
  readonly path: string
  readonly lastStep: string | null
  readonly pages: number
  readonly revision: number
  readonly trial: number | null
}

/** Everything once more, each answer with its way back, the fee, the consent and the one button that sends it. */
export function summaryPage(ctx: Ctx, page: SummaryPage): Html {
  const t = texts(ctx)
  const consent = consentStep(page.def)
  const end = { step: page.pages, of: page.pages }
  const at = (step: string, pointer: string) =>
    href(ctx, `${page.path}/${step}?von=zusammenfassung#${fieldId(pointer)}`)
  return layout(ctx, {
    title: `${t.summary.title} (${stepOf(ctx, end)}) – ${page.def.texts[ctx.locale].service.title}`,
    hasErrors: Object.keys(page.around.errors).length > 0,
    noIndex: true,
    main: html`<div class="rh-back">
        ${linkButton({ label: t.step.back, kind: 'tertiary', icon: 'arrow-back', href: href(ctx, `${page.path}/${page.lastStep ?? ''}`) })}
      </div>
      ${page.trial === null ? nothing : trialNotice(ctx, page.trial)} ${errorSummary(ctx, page.around.errors)}
      ${progress(ctx, end)}
      ${pageHeading({ title: t.summary.title, preline: page.def.texts[ctx.locale].service.title })}
      ${page.sections
        .filter((one) => one.step !== consent?.name)
        .map((one) =>
          summaryList(ctx, {
            title: one.title,
            entries: one.entries.map((entry) => ({
              label: entry.label,
              value: entry.value,
              changeHref: entry.isComputed ? undefined : at(one.step, entry.path),
            })),
          }),
        )}
      ${page.fee ? feeView(ctx, page.fee) : nothing}
      ${form(
        { action: href(ctx, `${page.path}/zusammenfassung`) },
        hiddenField('stand', String(page.revision)),
        consent ? section({ title: t.summary.agree }, consentFields(ctx, page, consent)) : nothing,
        buttonGroup(
          button({
            label: (page.fee?.cents ?? 0) > 0 ? t.summary.submitFee : t.summary.submit,
            name: ACTION,
            value: 'absenden',
          }),
          button({ label: t.step.save, kind: 'tertiary', name: ACTION, value: 'speichern' }),
        ),
      )}`,
  })
}

const consentFields = (ctx: Ctx, page: SummaryPage, step: NonNullable<ReturnType<typeof consentStep>>): Html[] =>
  step.items.map((item) =>
    item.type === 'group' ? nothing : fieldView(ctx, { field: item, pointer: item.name, path: item.name }, page.around),
  )

function feeView(ctx: Ctx, fee: Fee & { readonly label: string }): Html {
  const t = texts(ctx).summary
  return notice(html`<p>
    <strong>${fee.label}: ${formatMoney(ctx, fee.cents)}</strong> <br>${fee.cents > 0 ? t.feeNote : nothing}
  </p>`)
}

/** The end of a trial: everything was checked, nothing happened. */
export function trialDonePage(ctx: Ctx, def: ServiceDefinition): Html {
  const t = texts(ctx).summary
  const state = def.texts[ctx.locale].states[def.workflow.initial]?.plain ?? def.workflow.initial
  return layout(ctx, {
    title: t.trialDone,
    noIndex: true,
    main: html`${pageHeading({ title: t.trialDone, preline: def.texts[ctx.locale].service.title })}
    ${alert(ctx, { kind: 'success', title: t.trialDoneBody, body: t.trialFirst(state) })}
    ${buttonGroup(linkButton({ label: t.toWorkbench, href: href(ctx, `/workbench/leistungen/${def.slug}`), kind: 'primary' }))}`,
  })
}

import type { Group, Step } from '#modules/services/public.ts'
import type { Ctx } from '#platform/context.ts'
import { attributes } from '#platform/html/attributes.ts'
import {
  alert,
  button,
  buttonGroup,
  errorOf,
  errorSummary,
  fieldId,
  form,
  hiddenField,
  pageHeading,
  progress,
  stepOf,
  type FieldError,
} from '#platform/html/components/index.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { layout } from '#platform/html/layout.ts'
import { entryCount, fieldsOf, type Place } from '../domain/pages.ts'
import { countName } from '../use-cases/typed.ts'
import { ACTION, SHOWN } from '../use-cases/save-step.ts'
import { texts } from '../texts/index.ts'
import { fieldView } from './fields.ts'
import type { FieldSurroundings } from './surroundings.ts'
import { trialNotice } from './start.ts'

/** What has just happened, said above the form. */
export type StepNotice = 'appeared' | 'parked' | 'conflict' | null

export interface StepPage {
  readonly place: Place
  readonly around: FieldSurroundings
  /** Pointers of what can be seen now. */
  readonly visible: ReadonlySet<string>
  readonly action: string
  readonly revision: number
  readonly notice: StepNotice
  readonly trial: number | null
  /** Where "weiter" goes back to the summary. */
  readonly fromSummary: boolean
}

/** One page of a form: progress, what is wrong, one question or a few, and one button that leads on. */
export function stepPage(ctx: Ctx, page: StepPage): Html {
  const t = texts(ctx).step
  const { step } = page.place
  const words = page.around.def.texts[ctx.locale].steps[step.name]
  const errors = errorList(page)
  const at = { step: page.place.number, of: page.place.of }
  return layout(ctx, {
    title: `${words?.title ?? step.name} (${stepOf(ctx, at)}) – ${page.around.def.texts[ctx.locale].service.title}`,
    hasErrors: errors.length > 0,
    noIndex: true,
    scripts: hasAddress(step) ? ['addresses-complete.js'] : [],
    styles: ['forms-form.css', ...(hasAddress(step) ? ['addresses-complete.css'] : [])],
    main: form(
      { action: page.action, multipart: step.items.some(hasFile) },
      defaultButton(),
      html`<div class="rh-back">
        ${button({ label: t.back, kind: 'tertiary', icon: 'arrow-back', name: ACTION, value: 'zurueck' })}
      </div>`,
      page.trial === null ? nothing : trialNotice(ctx, page.trial),
      noticeOf(ctx, page.notice),
      errorSummary(ctx, errors),
      progress(ctx, at),
      pageHeading({
        title: words?.title ?? step.name,
        preline: page.around.def.texts[ctx.locale].service.title,
        lead: words?.intro,
      }),
      hiddenField('stand', String(page.revision)),
      hiddenField(SHOWN, shownPointers(page).join(' ')),
      page.fromSummary ? hiddenField('von', 'zusammenfassung') : nothing,
      step.items.map((item) =>
        item.type === 'group' ? groupView(ctx, item, page) : fieldsIn(ctx, page, (pointer) => pointer === item.name),
      ),
      buttonGroup(
        button({ label: t.next, name: ACTION, value: 'weiter' }),
        button({ label: t.save, kind: 'tertiary', name: ACTION, value: 'speichern' }),
      ),
    ),
  })
}

/**
 * Enter in a field presses the first button of a form, which would be "back" or "remove". This one comes first and is
 * out of sight and out of the tab order.
 */
const defaultButton = (): Html =>
  html`<button${attributes({ type: 'submit', class: 'kern-sr-only', name: ACTION, value: 'weiter', tabindex: -1, 'aria-hidden': 'true' })}></button>`

function noticeOf(ctx: Ctx, notice: StepNotice): Html {
  const t = texts(ctx).step
  if (notice === 'appeared') return alert(ctx, { kind: 'info', title: t.appeared, body: t.appearedBody, live: true })
  if (notice === 'parked') return alert(ctx, { kind: 'success', title: t.parked, body: t.parkedBody, live: true })
  if (notice === 'conflict') return alert(ctx, { kind: 'warning', title: t.conflict, body: t.conflictBody, live: true })
  return nothing
}

const fieldsIn = (ctx: Ctx, page: StepPage, wanted: (pointer: string) => boolean): Html[] =>
  fieldsOf(page.place.step, page.around.answers)
    .filter(({ pointer }) => wanted(pointer) && page.visible.has(pointer))
    .map((placed) => fieldView(ctx, placed, page.around))

function groupView(ctx: Ctx, group: Group, page: StepPage): Html {
  if (!group.repeat) return html`${fieldsIn(ctx, page, (pointer) => pointer.startsWith(`${group.name}/`))}`
  const t = texts(ctx).step
  const words = page.around.def.texts[ctx.locale].fields[group.name]
  const count = entryCount(group, page.around.answers[group.name])
  const entries = Array.from({ length: count }, (_, at) => {
    const label = words?.label ?? group.name
    return html`<section class="rh-entry" aria-labelledby="${fieldId(`${group.name}/${at}`)}-titel">
      <h2 class="kern-heading-small" id="${fieldId(`${group.name}/${at}`)}-titel">${t.entry(label, at + 1)}</h2>
      ${fieldsIn(ctx, page, (pointer) => pointer.startsWith(`${group.name}/${at}/`))}
      ${
        count > (group.repeat?.min ?? 0)
          ? button({
              label: t.remove(label, at + 1),
              kind: 'tertiary',
              icon: 'delete',
              name: ACTION,
              value: `entfernen:${group.name}/${at}`,
            })
          : nothing
      }
    </section>`
  })
  return html`<div class="rh-entries" id="${fieldId(group.name)}" tabindex="-1">
    ${hiddenField(countName(group.name), String(count))}
    ${errorOf(ctx, { name: group.name, label: '', error: page.around.errors[group.name] })} ${entries}
    ${
      count < group.repeat.max
        ? button({
            label: words?.add ?? t.add,
            kind: 'secondary',
            icon: 'add',
            name: ACTION,
            value: `hinzufuegen:${group.name}`,
          })
        : nothing
    }
  </div>`
}

/** What is on the page, so that the next request knows what was asked and what appeared since. */
const shownPointers = (page: StepPage): string[] =>
  fieldsOf(page.place.step, page.around.answers)
    .map((placed) => placed.pointer)
    .filter((pointer) => page.visible.has(pointer))

/** Links of the error summary: to the first part of an address, otherwise to the field itself. */
function errorList(page: StepPage): FieldError[] {
  const placed = fieldsOf(page.place.step, page.around.answers)
  return Object.entries(page.around.errors).map(([field, message]) => {
    const isAddress = placed.some((one) => one.pointer === field && one.field.type === 'address')
    return isAddress ? { field, message, href: `#${fieldId(`${field}/street`)}` } : { field, message }
  })
}

const hasFile = (item: Step['items'][number]): boolean =>
  item.type === 'group' ? item.fields.some((field) => field.type === 'file') : item.type === 'file'

const hasAddress = (step: Step): boolean =>
  step.items.some((item) =>
    item.type === 'group' ? item.fields.some((field) => field.type === 'address') : item.type === 'address',
  )

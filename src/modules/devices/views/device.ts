import type { Office } from '#modules/catalogue/public.ts'
import type { Ctx } from '#platform/context.ts'
import {
  alert,
  button,
  buttonForm,
  confirmPanel,
  descriptionList,
  errorSummary,
  form,
  linkButton,
  pageHeading,
  section,
  textField,
} from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { layout } from '#platform/html/layout.ts'
import { LONGEST_NAME, type ListedDevice } from '../domain/device.ts'
import { texts } from '../texts/index.ts'
import { lastSeen, LIST, stateBadge } from './list.ts'

/** What the address says of what has just happened. */
export type Note = 'renamed' | 'alreadyIssued'
export const NOTES: Readonly<Record<string, Note>> = { umbenannt: 'renamed', ausgegeben: 'alreadyIssued' }

export interface DeviceView {
  readonly device: ListedDevice
  /** null where the city has given the office up. */
  readonly office: Office | null
  /** As typed. */
  readonly name: string
  readonly errors: Readonly<Record<string, string>>
  readonly note: Note | null
  /** Of the secret that a button of this page issues: sent twice, it is issued once. */
  readonly formId: string
}

export function devicePage(ctx: Ctx, view: DeviceView): Html {
  const t = texts(ctx)
  const { device, office } = view
  return layout(ctx, {
    title: device.name,
    hasErrors: Object.keys(view.errors).length > 0,
    breadcrumbs: [{ label: t.title, href: href(ctx, LIST) }, { label: device.name }],
    main: html`${noteOf(ctx, view)} ${errorSummary(ctx, view.errors)}
    ${pageHeading({ title: device.name, preline: t.kinds[device.kind], badge: stateBadge(ctx, device.state) })}
    ${descriptionList(ctx, [
      { label: t.office, value: office?.name[ctx.locale] ?? device.office },
      { label: t.lastSeen, value: lastSeen(ctx, device) },
      { label: t.id, value: html`<code>${device.id}</code>` },
    ])}
    ${device.state === 'withdrawn' ? nothing : html`${naming(ctx, view)} ${access(ctx, view)}`}`,
  })
}

function noteOf(ctx: Ctx, { device, note }: DeviceView): Html {
  const t = texts(ctx)
  if (device.state === 'withdrawn') return alert(ctx, { kind: 'info', title: t.withdrawn, body: t.withdrawnBody })
  if (note === 'alreadyIssued')
    return alert(ctx, { kind: 'warning', title: t.alreadyIssued, body: t.alreadyIssuedBody, live: true })
  return note ? alert(ctx, { kind: 'success', title: t.renamed, live: true }) : nothing
}

const naming = (ctx: Ctx, { device, name, errors }: DeviceView): Html =>
  section(
    { title: texts(ctx).rename },
    form(
      { action: href(ctx, `${LIST}/${device.id}`) },
      textField(ctx, {
        name: 'name',
        label: texts(ctx).name,
        value: name,
        error: errors['name'],
        maxLength: LONGEST_NAME,
        width: 30,
        autocomplete: 'off',
      }),
      button({ label: texts(ctx).save, kind: 'secondary' }),
    ),
  )

function access(ctx: Ctx, { device, formId }: DeviceView): Html {
  const t = texts(ctx)
  const issue = (zweck: 'set-up' | 'key', label: string) =>
    buttonForm({ label, action: href(ctx, `${LIST}/${device.id}/zugang`), fields: { zweck, id: formId } })
  return section(
    { title: t.access },
    html`<p>${t.accessLead}</p>
      ${descriptionList(ctx, [
        { label: issue('set-up', t.newLink), value: t.newLinkBody },
        { label: issue('key', t.newKey), value: t.newKeyBody },
        {
          label: linkButton({
            label: t.withdraw,
            href: href(ctx, `${LIST}/${device.id}/entziehen`),
            kind: 'secondary',
          }),
          value: t.withdrawBody,
        },
      ])}`,
  )
}

export function withdrawPage(
  ctx: Ctx,
  device: ListedDevice,
  left: readonly { readonly title: string; readonly body: string }[],
): Html {
  const t = texts(ctx)
  const back = href(ctx, `${LIST}/${device.id}`)
  return layout(ctx, {
    title: `${t.withdraw}: ${device.name}`,
    breadcrumbs: [{ label: t.title, href: href(ctx, LIST) }, { label: device.name, href: back }, { label: t.withdraw }],
    main: confirmPanel(ctx, {
      title: `${t.withdraw}: ${device.name}`,
      consequence: t.withdrawBody,
      content: left.map((one) => alert(ctx, { kind: 'warning', ...one })),
      action: href(ctx, `${LIST}/${device.id}/entziehen`),
      confirm: t.withdraw,
      cancelHref: back,
      danger: true,
    }),
  })
}

import type { Ctx } from '#platform/context.ts'
import { formatMoney, formatNumber } from '#platform/i18n/format.ts'
import {
  backLink,
  button,
  buttonGroup,
  confirmPanel,
  errorSummary,
  fileField,
  form,
  hiddenField,
  pageHeading,
  textField,
} from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { layout } from '#platform/html/layout.ts'
import { html, type Html } from '#platform/html/html.ts'
import { CERTIFICATE, type CertificateFile } from '../domain/certificate.ts'
import type { Permit } from '../domain/permit.ts'
import { texts } from '../texts/index.ts'
import type { RefundShare } from '../use-cases/return.ts'

type Errors = Readonly<Record<string, string>>

/** The forms by which a permit is changed, for its holder and for staff alike; `base` is the permit's address. */
export function plateForm(
  ctx: Ctx,
  permit: Permit,
  base: string,
  typed: { plate: string; certificates: readonly CertificateFile[]; seesPapers: boolean },
  errors: Errors,
): Html {
  const t = texts(ctx).changes
  return changePage(ctx, permit, base, {
    title: t.plateTitle,
    lead: t.plateLead,
    errors,
    content: form(
      { action: href(ctx, `${base}/kennzeichen`), multipart: true },
      textField(ctx, {
        name: 'plate',
        label: t.plate,
        hint: t.plateHint,
        value: typed.plate,
        error: errors['plate'],
        width: 20,
        maxLength: 20,
        autocapitalize: 'characters',
        spellcheck: false,
        autocomplete: 'off',
      }),
      typed.certificates.map(({ id }) => hiddenField('uploaded', id)),
      fileField(ctx, {
        name: 'certificate',
        label: t.certificate,
        hint: t.certificateHint,
        kinds: t.certificateKinds,
        accept: CERTIFICATE.kinds,
        maxBytes: CERTIFICATE.maxBytes,
        multiple: true,
        files: typed.certificates,
        optional: typed.seesPapers,
        error: errors['certificate'],
      }),
      buttonGroup(button({ label: t.plateSubmit })),
    ),
  })
}

export function moveForm(
  ctx: Ctx,
  permit: Permit,
  base: string,
  typed: { street: string; houseNumber: string },
  errors: Errors,
): Html {
  const t = texts(ctx).changes
  return changePage(ctx, permit, base, {
    title: t.moveTitle,
    lead: t.moveLead,
    errors,
    content: form(
      { action: href(ctx, `${base}/umzug`) },
      textField(ctx, {
        name: 'street',
        label: t.street,
        value: typed.street,
        error: errors['street'],
        width: 30,
        maxLength: 100,
        autocomplete: 'off',
      }),
      textField(ctx, {
        name: 'houseNumber',
        label: t.houseNumber,
        value: typed.houseNumber,
        error: errors['houseNumber'],
        width: 6,
        maxLength: 20,
        autocomplete: 'off',
      }),
      buttonGroup(button({ label: t.moveSubmit })),
    ),
  })
}

function changePage(
  ctx: Ctx,
  permit: Permit,
  base: string,
  o: { title: string; lead: string; errors: Errors; content: Html },
): Html {
  return layout(ctx, {
    title: o.title,
    hasErrors: Object.keys(o.errors).length > 0,
    main: html`${backLink(ctx, href(ctx, base), texts(ctx).permits.one(permit.plate))} ${errorSummary(ctx, o.errors)}
    ${pageHeading({ title: o.title, lead: o.lead })} ${o.content}`,
  })
}

export function lossPage(ctx: Ctx, permit: Permit, base: string): Html {
  const t = texts(ctx).changes
  return confirmPage(ctx, permit, base, {
    title: t.lossTitle,
    consequence: t.lossConsequence,
    path: 'verlust',
    confirm: t.lossSubmit,
  })
}

export function returnPage(ctx: Ctx, permit: Permit, base: string, share: RefundShare): Html {
  const t = texts(ctx).changes
  const refund =
    share.cents > 0
      ? t.returnRefund(formatMoney(ctx, share.cents), formatNumber(ctx, share.months))
      : share.paymentId === null
        ? t.returnNoPayment
        : t.returnNoMonths
  return confirmPage(ctx, permit, base, {
    title: t.returnTitle,
    consequence: html`<p>${t.returnConsequence}</p>
      <p>${refund}</p>`,
    path: 'rueckgabe',
    confirm: t.returnSubmit,
  })
}

function confirmPage(
  ctx: Ctx,
  permit: Permit,
  base: string,
  o: { title: string; consequence: string | Html; path: string; confirm: string },
): Html {
  return layout(ctx, {
    title: o.title,
    main: html`${backLink(ctx, href(ctx, base), texts(ctx).permits.one(permit.plate))}
    ${confirmPanel(ctx, {
      title: o.title,
      consequence: o.consequence,
      action: href(ctx, `${base}/${o.path}`),
      confirm: o.confirm,
      cancelHref: href(ctx, base),
      danger: true,
    })}`,
  })
}

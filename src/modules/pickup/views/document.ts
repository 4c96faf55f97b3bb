import type { Device } from '#modules/devices/public.ts'
import { isMobile } from '#modules/notifications/public.ts'
import type { Ctx } from '#platform/context.ts'
import {
  alert,
  button,
  buttonForm,
  buttonGroup,
  csvButton,
  descriptionList,
  errorSummary,
  form,
  link,
  numberField,
  pageHeading,
  radioField,
  section,
  selectField,
  table,
  textField,
} from '#platform/html/components/index.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { layout } from '#platform/html/layout.ts'
import { formatDate, formatDateTime } from '#platform/i18n/format.ts'
import { canDo, isOver, LOCKER_DAYS, LONGEST, type Document } from '../domain/document.ts'
import type { CustodyEntry } from '../store/custody.ts'
import { texts } from '../texts/index.ts'
import { custodyDetail, custodyEvent, type Names } from './custody.ts'
import { LIST, placeWords, stateBadges, type Around } from './list.ts'

export type Done = keyof ReturnType<typeof texts>['staff']['done']

export interface DocumentView extends Around, Names {
  readonly document: Document
  readonly custody: readonly CustodyEntry[]
  /** Lockers of the document's office. */
  readonly lockersHere: readonly Device[]
  readonly done: Done | null
  readonly errors: Readonly<Record<string, string>>
}

export function documentPage(ctx: Ctx, view: DocumentView): Html {
  const t = texts(ctx).staff
  const { document, errors } = view
  return layout(ctx, {
    title: document.title,
    hasErrors: Object.keys(errors).length > 0,
    breadcrumbs: [{ label: t.title, href: href(ctx, LIST) }, { label: document.title }],
    main: html`${view.done ? alert(ctx, { kind: 'success', title: t.done[view.done], live: true }) : nothing}
    ${errorSummary(ctx, errors)}
    ${pageHeading({ title: document.title, preline: document.name || t.unknown, badge: stateBadges(ctx, document, false) })}
    ${warnings(ctx, document)} ${facts(ctx, view)} ${isOver(document) ? nothing : actions(ctx, view)} ${custody(ctx, view)}`,
  })
}

/** Nobody could be told. */
const isSilent = (document: Document): boolean =>
  document.email === null && !(document.telephone !== null && isMobile(document.telephone)) && !isOver(document)

function warnings(ctx: Ctx, document: Document): Html {
  const t = texts(ctx).staff
  if (document.state === 'open')
    return html`${alert(ctx, { kind: 'warning', title: t.openTitle, body: t.openBody })}
      ${buttonGroup(act(ctx, document, 'genommen', t.wasTaken), act(ctx, document, 'noch-da', t.isThere))}`
  if (!isSilent(document)) return nothing
  return html`${alert(ctx, { kind: 'warning', title: t.noContact, body: t.noContactBody })}
  ${document.number === null ? nothing : buttonGroup(letter(ctx, document))}`
}

const letter = (ctx: Ctx, document: Document): Html =>
  buttonForm({
    label: texts(ctx).staff.letter,
    action: href(ctx, `${LIST}/${document.id}/brief`),
    kind: 'secondary',
    newTab: true,
  })

const act = (ctx: Ctx, document: Document, name: string, label: string, fields = {}): Html =>
  buttonForm({ label, action: href(ctx, `${LIST}/${document.id}/${name}`), fields })

function facts(ctx: Ctx, view: DocumentView): Html {
  const t = texts(ctx).staff
  const { document } = view
  const kase = document.caseNumber
  return descriptionList(ctx, [
    { label: t.place, value: isOver(document) ? '–' : placeWords(ctx, document, view) },
    { label: t.collectBy, value: collectByWords(ctx, view) },
    { label: t.since, value: formatDateTime(ctx, document.announcedAt) },
    ...(document.endedAt ? [{ label: t.ended, value: formatDateTime(ctx, document.endedAt) }] : []),
    ...(kase ? [{ label: t.caseNumber, value: link(href(ctx, `/workbench/vorgaenge/${kase}`), kase) }] : []),
    ...(document.email ? [{ label: t.email, value: document.email }] : []),
    ...(document.telephone ? [{ label: t.telephone, value: document.telephone }] : []),
    ...(document.number ? [{ label: t.number, value: document.number }] : []),
  ])
}

/** The day, and that it moves with the document: a compartment is for a shorter time than the counter. */
function collectByWords(ctx: Ctx, { document, lockersHere }: DocumentView): string {
  const t = texts(ctx).staff
  const date = formatDate(ctx, document.collectBy)
  if (document.state === 'deposited') return t.collectByLocker(date, LOCKER_DAYS)
  const mayMove = canDo(document, 'deposit') && lockersHere.length > 0
  return mayMove ? t.collectByHere(date, LOCKER_DAYS) : date
}

function actions(ctx: Ctx, view: DocumentView): Html {
  const t = texts(ctx).staff
  const { document } = view
  const over = canDo(document, 'hand-over') ? handOver(ctx, view) : nothing
  const into = canDo(document, 'deposit') && view.lockersHere.length > 0 ? deposit(ctx, view) : nothing
  // What it was announced for comes first.
  return html`${document.device === null ? html`${over}${into}` : html`${into}${over}`}
  ${section(
    { title: t.actions },
    buttonGroup(
      canDo(document, 'return') ? act(ctx, document, 'zurueck', t.toCounter) : nothing,
      document.number !== null && document.state !== 'open'
        ? act(ctx, document, 'code', t.newCode, { nummer: document.number })
        : nothing,
      document.number !== null && document.state !== 'open' && !isSilent(document) ? letter(ctx, document) : nothing,
      canDo(document, 'withdraw') ? act(ctx, document, 'zurueckziehen', t.withdraw) : nothing,
    ),
  )}`
}

function handOver(ctx: Ctx, { document, errors }: DocumentView): Html {
  const t = texts(ctx).staff
  return section(
    { title: t.handOver },
    form(
      { action: href(ctx, `${LIST}/${document.id}/ausgeben`), label: t.handOver },
      radioField(ctx, {
        name: 'nachweis',
        label: t.proof,
        value: 'code',
        choices: (['code', 'identity-card'] as const).map((proof) => ({ value: proof, label: t.proofs[proof] })),
      }),
      textField(ctx, {
        name: 'code',
        label: t.code,
        hint: t.codeHint,
        error: errors['code'],
        inputmode: 'numeric',
        autocomplete: 'off',
        maxLength: 20,
        width: 10,
      }),
      button({ label: t.handOverButton }),
    ),
  )
}

function deposit(ctx: Ctx, { document, lockersHere, errors }: DocumentView): Html {
  const t = texts(ctx).staff
  return section(
    { title: t.deposit },
    form(
      { action: href(ctx, `${LIST}/${document.id}/einlegen`), label: t.deposit },
      selectField(ctx, {
        name: 'geraet',
        label: t.locker,
        value: document.device ?? (lockersHere.length === 1 ? lockersHere[0]!.id : ''),
        error: errors['geraet'],
        choices: lockersHere.map(({ id, name }) => ({ value: id, label: name })),
      }),
      numberField(ctx, {
        name: 'fach',
        label: t.compartmentLabel,
        error: errors['fach'],
        maxLength: String(LONGEST.compartment).length,
        width: 4,
        autocomplete: 'off',
      }),
      button({ label: t.depositButton, kind: 'secondary' }),
    ),
  )
}

function custody(ctx: Ctx, view: DocumentView): Html {
  const t = texts(ctx).staff
  return section(
    { title: t.custody, actions: csvButton(ctx, href(ctx, `${LIST}/${view.document.id}/verwahrung.csv`)) },
    table(ctx, {
      caption: t.custody,
      captionHidden: true,
      dense: true,
      rows: view.custody,
      columns: [
        {
          key: 'at',
          title: t.at,
          nowrap: true,
          cell: ({ at }) => html`<time datetime="${String(at)}">${formatDateTime(ctx, at)}</time>`,
        },
        { key: 'event', title: t.event, cell: (entry) => custodyEvent(ctx, entry) },
        { key: 'who', title: t.who, cell: ({ actor }) => view.actors.get(actor) ?? t.unknown },
        { key: 'detail', title: t.detail, cell: (entry) => custodyDetail(ctx, entry, view) || '–' },
      ],
    }),
  )
}

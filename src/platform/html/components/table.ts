import { attributes, tokens } from '../attributes.ts'
import { html, nothing, type Html } from '../html.ts'
import { texts } from '../texts/index.ts'
import type { At } from './fields/field.ts'

export interface Column<Row> {
  readonly key: string
  readonly title: string
  readonly cell: (row: Row) => unknown
  /** Names the row for screen readers; the first column is it unless another says so. */
  readonly rowHeader?: boolean
  /** Right-aligned figures. */
  readonly numeric?: boolean
  /** The title is a link that sorts; needs `sort` of the table. */
  readonly sortable?: boolean
  /** Title for screen readers only: columns of buttons. */
  readonly titleHidden?: boolean
  /** Its cells do not wrap: dates, numbers, plates. */
  readonly nowrap?: boolean
}

export interface TableOptions<Row> {
  /** What the table shows; the one thing that every table needs. */
  readonly caption: string
  readonly captionHidden?: boolean
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  /** Rows of 40 px, for the workbench. */
  readonly dense?: boolean
  readonly sort?: {
    readonly by: string
    readonly direction: 'asc' | 'desc'
    /** Final address of the page sorted so. */
    readonly href: (by: string, direction: 'asc' | 'desc') => string
  }
  /** Boxes in front of the rows, inside a form: bulk actions. */
  readonly select?: {
    readonly name: string
    readonly value: (row: Row) => string
    readonly label: (row: Row) => string
    readonly form?: string
  }
  /** Instead of the table where there are no rows. */
  readonly empty?: Html
  /** On phones rows become blocks with their titles beside the values; `false` scrolls sideways instead (figures to compare). */
  readonly stack?: boolean
  readonly footer?: readonly unknown[]
  /** Attribute for scripts and styles of a row: `state`, as in `data-state`. */
  readonly rowData?: (row: Row) => Readonly<Record<string, string>>
}

/** A table of rows; where there are none, `empty`. */
export function table<Row>(at: At, o: TableOptions<Row>): Html {
  if (o.rows.length === 0 && o.empty) return o.empty
  const headerKey = (o.columns.find((c) => c.rowHeader) ?? o.columns[0])?.key
  const stacked = o.stack !== false
  const cells = o.columns.map((c) => cellOf(c, c.key === headerKey))
  const markup = html`<table
    class="${tokens('kern-table', o.dense && 'kern-table--small rh-table--dense', stacked && 'rh-table--stack')}">
    <caption class="${tokens('kern-title', o.captionHidden && 'kern-sr-only')}">
      ${o.caption}
    </caption>
    <thead class="kern-table__head">
      <tr class="kern-table__row">
        ${o.select ? html`<th class="kern-table__header rh-table__select" scope="col"><span class="kern-sr-only">${texts(at).selection}</span></th>` : nothing}
        ${o.columns.map((c) => headerCell(at, o, c))}
      </tr>
    </thead>
    <tbody class="kern-table__body">
      ${o.rows.map((row) => bodyRow(o, row, cells))}
    </tbody>
    ${
      o.footer
        ? html`<tfoot class="kern-table__footer">
            <tr class="kern-table__row">
              ${o.select ? html`<td class="kern-table__cell"></td>` : nothing}${o.footer.map((cell, i) => html`<td class="${cellClass(o.columns[i])}">${cell}</td>`)}
            </tr>
          </tfoot>`
        : nothing
    }
  </table>`
  if (stacked) return markup
  // A region that scrolls must be reachable by keyboard (WCAG 2.1.1) and have a name.
  return html`<section class="kern-table-responsive" aria-label="${o.caption}" tabindex="0">${markup}</section>`
}

const cellClass = (c: Column<never> | Column<any> | undefined): string =>
  tokens('kern-table__cell', c?.numeric && 'kern-table__cell--numeric', c?.nowrap && 'rh-nowrap')!

function headerCell<Row>(at: At, o: TableOptions<Row>, c: Column<Row>): Html {
  const t = texts(at)
  const sorted = o.sort?.by === c.key ? o.sort.direction : null
  const next = sorted === 'asc' ? 'desc' : 'asc'
  const title =
    c.sortable && o.sort
      ? html`<a class="kern-link kern-link--no-visited-state rh-sort" href="${o.sort.href(c.key, next)}">${c.title}<span class="rh-sort__arrow" aria-hidden="true">${sorted === 'asc' ? '▲' : sorted === 'desc' ? '▼' : '↕'}</span><span class="kern-sr-only">
            (${sorted === 'asc' ? t.sortedUp : sorted === 'desc' ? t.sortedDown : t.sortBy(c.title)})</span></a>`
      : c.titleHidden
        ? html`<span class="kern-sr-only">${c.title}</span>`
        : c.title
  return html`<th${attributes({
    class: tokens('kern-table__header', c.numeric && 'kern-table__header--numeric'),
    scope: 'col',
    'aria-sort': sorted === 'asc' ? 'ascending' : sorted === 'desc' ? 'descending' : undefined,
  })}>${title}</th>`
}

interface Cell<Row> {
  readonly open: Html
  readonly close: Html
  readonly of: (row: Row) => unknown
}

/** The tags of a column's cells are the same in each row: made once, they cost a list of 50 rows half as much. */
function cellOf<Row>(c: Column<Row>, isHeader: boolean): Cell<Row> {
  const title = c.titleHidden ? undefined : c.title
  const header = tokens('kern-table__header rh-row-header', c.nowrap && 'rh-nowrap')
  return isHeader
    ? {
        open: html`<th${attributes({ class: header, scope: 'row', 'data-title': title })}>`,
        close: html`</th>`,
        of: c.cell,
      }
    : { open: html`<td${attributes({ class: cellClass(c), 'data-title': title })}>`, close: html`</td>`, of: c.cell }
}

function bodyRow<Row>(o: TableOptions<Row>, row: Row, cells: readonly Cell<Row>[]): Html {
  const data = Object.fromEntries(Object.entries(o.rowData?.(row) ?? {}).map(([key, value]) => [`data-${key}`, value]))
  const select = o.select
    ? html`<td class="kern-table__cell rh-table__select"><input${attributes({
        class: 'kern-form-check__checkbox rh-check-small',
        type: 'checkbox',
        name: o.select.name,
        value: o.select.value(row),
        form: o.select.form,
        'aria-label': o.select.label(row),
      })}></td>`
    : nothing
  return html`<tr${attributes({ class: 'kern-table__row', ...data })}>${select}${cells.map(
    ({ open, close, of }) => html`${open}${of(row)}${close}`,
  )}</tr>`
}

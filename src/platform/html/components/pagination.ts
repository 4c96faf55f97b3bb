import { attributes } from '../attributes.ts'
import { html, nothing, type Html } from '../html.ts'
import { formatNumber } from '../../i18n/format.ts'
import { texts } from '../texts/index.ts'
import type { At } from './fields/field.ts'
import { icon } from './icon.ts'

export interface PaginationOptions {
  /** From 1. */
  readonly page: number
  readonly pageSize: number
  /** How many rows there are; null where counting would cost too much. */
  readonly total: number | null
  /** Whether there is a page after this one; needed where `total` is null. */
  readonly hasNext?: boolean
  /** Final address of a page. */
  readonly href: (page: number) => string
}

/** Links to the pages of a list; nothing where one page holds all. */
export function pagination(at: At, o: PaginationOptions): Html {
  const t = texts(at)
  const last = o.total === null ? null : Math.max(1, Math.ceil(o.total / o.pageSize))
  const hasNext = last === null ? (o.hasNext ?? false) : o.page < last
  if (o.page <= 1 && !hasNext) return nothing
  const from = (o.page - 1) * o.pageSize + 1
  const shown =
    o.total === null
      ? t.page(formatNumber(at, o.page))
      : t.shownOf(
          formatNumber(at, from),
          formatNumber(at, Math.min(o.total, from + o.pageSize - 1)),
          formatNumber(at, o.total),
        )
  const step = (page: number, label: string, rel: 'prev' | 'next') =>
    html`<li><a${attributes({ class: 'kern-link kern-link--no-visited-state rh-pages__step', href: o.href(page), rel })}>${
      rel === 'prev' ? icon('arrow-back') : nothing
    }${label}${rel === 'next' ? icon('arrow-forward') : nothing}</a></li>`
  const numbers = last === null ? [] : pagesAround(o.page, last)
  return html`<nav class="rh-pages" aria-label="${t.pagination}">
    <p class="rh-pages__shown">${shown}</p>
    <ul class="rh-pages__list">
      ${o.page > 1 ? step(o.page - 1, t.previousPage, 'prev') : nothing}
      ${numbers.map((n) =>
        n === null
          ? html`<li class="rh-pages__gap" aria-hidden="true">…</li>`
          : html`<li class="rh-pages__item"><a${attributes({
              class: 'kern-link kern-link--no-visited-state rh-pages__number',
              href: o.href(n),
              'aria-label': t.page(formatNumber(at, n)),
              'aria-current': n === o.page ? 'page' : undefined,
            })}>${formatNumber(at, n)}</a></li>`,
      )}
      ${hasNext ? step(o.page + 1, t.nextPage, 'next') : nothing}
    </ul>
  </nav>`
}

/** First, last and two around the current page; null is a gap: 1 … 4 5 6 7 8 … 20. */
export function pagesAround(page: number, last: number): (number | null)[] {
  const wanted = new Set([1, last, page - 1, page, page + 1].filter((n) => n >= 1 && n <= last))
  const pages = [...wanted].sort((a, b) => a - b)
  return pages.flatMap((n, i) => (i > 0 && n - pages[i - 1]! > 1 ? [null, n] : [n]))
}

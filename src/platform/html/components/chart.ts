import { attributes } from '../attributes.ts'
import { html, nothing, type Html } from '../html.ts'
import { formatNumber } from '../../i18n/format.ts'
import type { At } from './fields/field.ts'

export interface Series {
  readonly label: string
  /** One for each category; null: nothing was measured. */
  readonly values: readonly (number | null)[]
}

export interface ChartOptions {
  /** What it shows. */
  readonly title: string
  /** The figures that matter, in a sentence; the table with all of them stands beneath. */
  readonly summary: string
  readonly categories: readonly string[]
  /** One or two; two are told apart by their pattern as well as by colour. */
  readonly series: readonly Series[]
  /** One on top of the other: parts of a whole. Otherwise side by side. */
  readonly stacked?: boolean
  /** Behind the figures of the axis: "min". */
  readonly unit?: string
}

const WIDTH = 720
const HEIGHT = 260
const LEFT = 64
const BOTTOM = 32
const TOP = 12

/** Columns as SVG, drawn by the server: sharp on paper, there without scripts, with a name and a summary for who cannot see it. */
export function columnChart(at: At, o: ChartOptions): Html {
  const totals = o.categories.map((_, i) => {
    const values = o.series.map((series) => series.values[i] ?? 0)
    return o.stacked ? values.reduce((sum, value) => sum + value, 0) : Math.max(...values)
  })
  const ticks = axisTicks(Math.max(...totals, 0))
  const top = ticks.at(-1)!
  const plot = HEIGHT - BOTTOM - TOP
  const y = (value: number) => round(TOP + plot * (1 - value / top))
  const step = (WIDTH - LEFT) / Math.max(o.categories.length, 1)
  const unit = o.unit ? ` ${o.unit}` : ''
  return html`<figure class="rh-chart">
    <figcaption class="rh-chart__title">${o.title}</figcaption>
    ${o.series.length > 1 ? legend(o.series) : nothing}
    <div${attributes({ class: 'rh-chart__frame', tabindex: 0, role: 'group', 'aria-label': o.title })}>
      <svg${attributes({ class: 'rh-chart__plot', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': `${o.title}. ${o.summary}` })}>
        ${ticks.map(
          (tick) =>
            html`<line class="rh-chart__line" x1="${LEFT}" x2="${WIDTH}" y1="${y(tick)}" y2="${y(tick)}"></line
              ><text class="rh-chart__words" x="${LEFT - 8}" y="${y(tick) + 4}" text-anchor="end">${formatNumber(at, tick)}${unit}</text>`,
        )}
        ${o.categories.map((category, i) => html`${columns(o, i, LEFT + i * step, step, y)}<text class="rh-chart__words" x="${round(LEFT + (i + 0.5) * step)}" y="${HEIGHT - 10}" text-anchor="middle">${category}</text>`)}
      </svg>
    </div>
  </figure>`
}

function columns(o: ChartOptions, i: number, left: number, step: number, y: (value: number) => number): Html {
  const room = step * 0.72
  const width = o.stacked ? room : room / o.series.length
  let below = 0
  return html`${o.series.map((series, at) => {
    const value = series.values[i] ?? 0
    const from = o.stacked ? below : 0
    below += value
    const height = round(y(from) - y(from + value))
    if (height <= 0) return nothing
    const x = round(left + step * 0.14 + (o.stacked ? 0 : at * width))
    return html`<rect${attributes({ class: `rh-chart__bar rh-chart__bar--${at + 1}`, x, y: y(from + value), width: round(width - 1), height })}></rect>`
  })}`
}

const legend = (series: readonly Series[]): Html =>
  html`<ul class="rh-chart__legend">
    ${series.map(({ label }, at) => html`<li><svg class="rh-chart__key" viewBox="0 0 16 16" aria-hidden="true"><rect class="rh-chart__bar rh-chart__bar--${at + 1}" width="16" height="16"></rect></svg>${label}</li>`)}
  </ul>`

/** From 0 to a round figure that nothing exceeds, in at most five steps of 1, 2 or 5 times a power of ten. */
export function axisTicks(most: number): number[] {
  if (!(most > 0)) return [0, 1]
  const rough = most / 4
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10)
  return Array.from({ length: Math.ceil(most / step - 1e-9) + 1 }, (_, i) => round(i * step))
}

const round = (value: number): number => Math.round(value * 100) / 100

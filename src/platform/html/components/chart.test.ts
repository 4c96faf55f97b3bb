import { describe, expect, it } from 'vitest'
import { axisTicks, columnChart } from './chart.ts'

describe('the axis of a chart', () => {
  it.each([
    [0, [0, 1]],
    [1, [0, 0.5, 1]],
    [7, [0, 2, 4, 6, 8]],
    [10, [0, 5, 10]],
    [1234, [0, 500, 1000, 1500]],
  ])('for %d has round figures that nothing exceeds', (most, ticks) => {
    expect(axisTicks(most)).toEqual(ticks)
  })
})

describe('a chart', () => {
  const options = { title: 'Besuche', summary: 'Am meisten: 9 Uhr, 3.', categories: ['8', '9'] }

  it('has a name and the figures that matter for who cannot see it, and escapes what it is given', () => {
    const svg = String(
      columnChart({ locale: 'de' }, { ...options, title: '<b>', series: [{ label: 'A', values: [1, 3] }] }),
    )
    expect(svg).toContain('aria-label="&lt;b&gt;. Am meisten: 9 Uhr, 3."')
    expect(svg).not.toContain('<b>')
  })

  it('draws nothing where nothing was measured, and stacks parts of a whole', () => {
    const series = [
      { label: 'A', values: [1, null] },
      { label: 'B', values: [1, 0] },
    ]
    const svg = String(columnChart({ locale: 'de' }, { ...options, stacked: true, series }))
    const bars = [...svg.matchAll(/rh-chart__bar--(\d)" x="([\d.]+)" y="([\d.]+)"[^>]* height="([\d.]+)"/g)].map(
      (bar) => bar.slice(1).map(Number),
    )
    expect(bars.map(([kind]) => kind)).toEqual([1, 2])
    const [lower, upper] = bars
    expect(lower![1]).toBe(upper![1])
    expect(upper![2]! + upper![3]!).toBeCloseTo(lower![2]!, 1)
  })
})

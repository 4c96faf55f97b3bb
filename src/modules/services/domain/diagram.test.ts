import { describe, expect, it } from 'vitest'
import { loadServiceFolder } from '../loader/folder.ts'
import { BOX, diagramOf } from './diagram.ts'

/** Points along a path of `M`, `L` and `C`. */
function pointsOf(path: string): { x: number; y: number }[] {
  const points: { x: number; y: number }[] = []
  for (const [, command = '', numbers = ''] of path.matchAll(/([MLC]) ([^MLC]+)/g)) {
    const [a, b, c, d, e, f] = numbers.trim().split(/[ ,]+/).map(Number) as [
      number,
      number,
      number,
      number,
      number,
      number,
    ]
    const from = points.at(-1)
    if (command !== 'C' || !from) points.push({ x: a, y: b })
    else
      for (let step = 1; step <= 40; step++) {
        const [t, u] = [step / 40, 1 - step / 40]
        const at = (p0: number, p1: number, p2: number, p3: number) =>
          u ** 3 * p0 + 3 * u * u * t * p1 + 3 * u * t * t * p2 + t ** 3 * p3
        points.push({ x: at(from.x, a, c, e), y: at(from.y, b, d, f) })
      }
  }
  return points
}

describe.each(['resident-parking', 'dog-registration'])('the picture of the workflow of %s', (service) => {
  const { boxes, arrows, width, height } = diagramOf(loadServiceFolder(`services/${service}`).workflow)

  it('has each state once, inside the picture, and none over another', () => {
    for (const { x, y } of boxes) {
      expect(x >= 0 && y >= 0 && x + BOX.width <= width && y + BOX.height <= height).toBe(true)
      const over = boxes.filter((box) => Math.abs(box.x - x) < BOX.width && Math.abs(box.y - y) < BOX.height)
      expect(over).toHaveLength(1)
    }
  })

  it.each(arrows.map((arrow) => [`${arrow.from} to ${arrow.to}`, arrow] as const))(
    'leads from %s past the other boxes',
    (_name, { path }) => {
      const inside = pointsOf(path).filter((point) =>
        boxes.some(
          ({ x, y }) =>
            point.x > x + 1 && point.x < x + BOX.width - 1 && point.y > y + 1 && point.y < y + BOX.height - 1,
        ),
      )
      expect(inside).toEqual([])
    },
  )
})

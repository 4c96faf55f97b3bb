import type { State, WorkflowDefinition } from './workflow-definition.ts'
import { stateLevels } from './workflow-graph.ts'

/** A workflow laid out in columns from the first state to the ends; all measures in pixels. */
export interface Diagram {
  readonly width: number
  readonly height: number
  readonly boxes: readonly Box[]
  readonly arrows: readonly Arrow[]
}

export interface Box {
  readonly state: State
  readonly x: number
  readonly y: number
}

/** A curve from the right (or left) side of a box to another; several transitions between the same states share one. */
export interface Arrow {
  readonly from: string
  readonly to: string
  readonly transitions: readonly string[]
  readonly path: string
}

export const BOX = { width: 180, height: 56 } as const
const GAP = { x: 90, y: 40 } as const
const MARGIN = 24

export function diagramOf(workflow: WorkflowDefinition): Diagram {
  const levels = stateLevels(workflow)
  const columns: State[][] = []
  for (const state of workflow.states) {
    // Ends stand in the last column, whichever way is the shortest to them.
    const level = state.kind === 'final' ? Number.POSITIVE_INFINITY : (levels.get(state.name) ?? 0)
    const deepest = Math.max(
      ...workflow.states.filter((one) => one.kind !== 'final').map((one) => levels.get(one.name) ?? 0),
    )
    const column = Math.min(level, deepest + 1)
    ;(columns[column] ??= []).push(state)
  }
  const filled = columns.filter((column) => column !== undefined)
  const tallest = Math.max(...filled.map((column) => column.length))
  const height = tallest * BOX.height + (tallest - 1) * GAP.y + 2 * MARGIN
  const boxes = filled.flatMap((column, at) => {
    const used = column.length * BOX.height + (column.length - 1) * GAP.y
    return column.map((state, row) => ({
      state,
      x: MARGIN + at * (BOX.width + GAP.x),
      y: (height - used) / 2 + row * (BOX.height + GAP.y),
    }))
  })
  return {
    width: filled.length * (BOX.width + GAP.x) - GAP.x + 2 * MARGIN,
    height,
    boxes,
    arrows: arrowsOf(workflow, new Map(boxes.map((box) => [box.state.name, box]))),
  }
}

function arrowsOf(workflow: WorkflowDefinition, boxes: ReadonlyMap<string, Box>): Arrow[] {
  const names = new Map<string, string[]>()
  for (const { name, from, to } of workflow.transitions) {
    for (const start of from) names.set(`${start}>${to}`, [...(names.get(`${start}>${to}`) ?? []), name])
  }
  return [...names].flatMap(([key, transitions]) => {
    const [from = '', to = ''] = key.split('>')
    const [start, end] = [boxes.get(from), boxes.get(to)]
    return start && end ? [{ from, to, transitions, path: curve(start, end) }] : []
  })
}

/** Forward from the right side to the left one; backward and to itself below the boxes. */
function curve(from: Box, to: Box): string {
  const middle = BOX.height / 2
  if (to.x > from.x) {
    const [x1, y1, x2, y2] = [from.x + BOX.width, from.y + middle, to.x, to.y + middle]
    const bend = (x2 - x1) / 2
    return `M ${x1} ${y1} C ${x1 + bend} ${y1}, ${x2 - bend} ${y2}, ${x2 - 6} ${y2}`
  }
  if (to.x === from.x && to.y !== from.y) {
    const down = to.y > from.y
    const x = from.x + BOX.width * (down ? 0.4 : 0.6)
    return `M ${x} ${down ? from.y + BOX.height : from.y} L ${x} ${down ? to.y - 6 : to.y + BOX.height + 6}`
  }
  const [x1, y1, x2, y2] = [from.x + BOX.width * 0.3, from.y + BOX.height, to.x + BOX.width * 0.7, to.y + BOX.height]
  const low = Math.max(y1, y2) + 30
  return `M ${x1} ${y1} C ${x1} ${low}, ${x2} ${low}, ${x2} ${y2 + 6}`
}

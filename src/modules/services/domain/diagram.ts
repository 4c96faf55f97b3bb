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

/** A line from one box to another; several transitions between the same states share one. */
export interface Arrow {
  readonly from: string
  readonly to: string
  readonly transitions: readonly string[]
  readonly path: string
}

/** What stands in a column: a state, or a lane in which an arrow passes the column without touching a box. */
interface Slot {
  readonly id: string
  readonly state: State | null
}

interface Place {
  readonly x: number
  /** Of its middle. */
  readonly y: number
}

export const BOX = { width: 180, height: 56 } as const
const GAP = { x: 90, y: 40 } as const
const LANE = 24
const MARGIN = 24
/** Ways back arrive and leave a little lower than ways on, so that the two are told apart. */
const LOWER = 12

export function diagramOf(workflow: WorkflowDefinition): Diagram {
  const columns = columnsOf(workflow)
  const column = new Map(columns.flatMap((states, at) => states.map(({ name }) => [name, at])))
  const edges = edgesOf(workflow).map((edge) => {
    const [left, right] = column.get(edge.from)! <= column.get(edge.to)! ? [edge.from, edge.to] : [edge.to, edge.from]
    const between = columns.slice(column.get(left)! + 1, column.get(right)!)
    return { ...edge, way: [left, ...between.map((_, at) => `${edge.from}>${edge.to}/${at}`), right] }
  })
  const slots = columns.map((states, at): Slot[] => [
    ...states.map((state) => ({ id: state.name, state })),
    ...edges.flatMap(({ way }) =>
      way.slice(1, -1).flatMap((id, lane) => (column.get(way[0]!)! + 1 + lane === at ? [{ id, state: null }] : [])),
    ),
  ])
  const height = Math.max(...slots.map(heightOf)) + 2 * MARGIN
  const places = new Map<string, Place>()
  for (const [at, column] of slots.entries()) {
    let y = (height - heightOf(column)) / 2
    for (const slot of sorted(column, edges, places)) {
      places.set(slot.id, { x: MARGIN + at * (BOX.width + GAP.x), y: y + roomOf(slot) / 2 })
      y += roomOf(slot)
    }
  }
  return {
    width: slots.length * (BOX.width + GAP.x) - GAP.x + 2 * MARGIN,
    height,
    boxes: workflow.states.map((state) => {
      const { x, y } = places.get(state.name)!
      return { state, x, y: y - BOX.height / 2 }
    }),
    arrows: edges.map(({ from, to, transitions, way }) => ({
      from,
      to,
      transitions,
      path: pathOf(
        way.map((id) => places.get(id)!),
        from === way[0],
      ),
    })),
  }
}

/** By their distance from the first state; ends stand in the last column, whichever way is the shortest to them. */
function columnsOf(workflow: WorkflowDefinition): State[][] {
  const levels = stateLevels(workflow)
  const levelOf = ({ name }: State) => levels.get(name) ?? 0
  const last = Math.max(...workflow.states.filter(({ kind }) => kind !== 'final').map(levelOf)) + 1
  const columns: State[][] = []
  for (const state of workflow.states) (columns[state.kind === 'final' ? last : levelOf(state)] ??= []).push(state)
  return columns.filter((column) => column !== undefined)
}

function edgesOf(workflow: WorkflowDefinition): { from: string; to: string; transitions: string[] }[] {
  const edges = new Map<string, { from: string; to: string; transitions: string[] }>()
  for (const { name, from: starts, to } of workflow.transitions) {
    for (const from of starts) {
      const edge = edges.get(`${from}>${to}`) ?? { from, to, transitions: [] }
      edge.transitions.push(name)
      edges.set(`${from}>${to}`, edge)
    }
  }
  return [...edges.values()]
}

const roomOf = ({ state }: Slot): number => (state ? BOX.height + GAP.y : LANE)
const heightOf = (column: readonly Slot[]): number => column.reduce((sum, slot) => sum + roomOf(slot), 0)

/** As high as what they come from, so that few arrows cross. */
function sorted(
  column: readonly Slot[],
  edges: readonly { way: readonly string[] }[],
  places: ReadonlyMap<string, Place>,
): Slot[] {
  const heightBefore = ({ id }: Slot): number => {
    const before = edges.flatMap(({ way }) => places.get(way[way.indexOf(id) - 1] ?? '')?.y ?? [])
    return before.reduce((sum, y) => sum + y, 0) / Math.max(before.length, 1)
  }
  return column.toSorted((a, b) => heightBefore(a) - heightBefore(b))
}

/** Through the lanes of the columns between; within one column around its right side. */
function pathOf(way: readonly Place[], forward: boolean): string {
  const [first, last] = [way[0]!, way.at(-1)!]
  const out = first.x + BOX.width
  if (first.x === last.x) {
    const far = out + GAP.x * 0.6
    return `M ${out} ${first.y} C ${far} ${first.y}, ${far} ${last.y + LOWER}, ${out + 6} ${last.y + LOWER}`
  }
  const low = forward ? 0 : LOWER
  const curves = way.slice(1).map((to, at) => {
    const from = way[at]!
    const isEnd = at === way.length - 2
    const start: Place = { x: from.x + BOX.width, y: from.y + (at === 0 ? low : 0) }
    const end: Place = { x: to.x, y: to.y + (isEnd ? low : 0) }
    return [start, end] as const
  })
  const steps = forward ? curves : curves.map(([start, end]) => [end, start] as const).toReversed()
  return steps
    .map(([start, end], at) => {
      const tip = at === steps.length - 1 ? Math.sign(end.x - start.x) * 6 : 0
      const bend = (end.x - start.x) / 2
      return `${at === 0 ? 'M' : 'L'} ${start.x} ${start.y} C ${start.x + bend} ${start.y}, ${end.x - bend} ${end.y}, ${end.x - tip} ${end.y}`
    })
    .join(' ')
}

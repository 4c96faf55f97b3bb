import { evaluate as feelEvaluate, FeelDate, FeelFunction, parseExpression, toFeel } from 'feelin'

/** An expression of a definition that cannot be read. `at` counts characters from 0. */
export class FeelError extends Error {
  readonly at: number
  constructor(message: string, at: number) {
    super(message)
    this.at = at
  }
}

/** A read expression: `run` takes the values of its names in their order. */
export interface Expression {
  readonly source: string
  readonly run: (...values: readonly unknown[]) => unknown
}

/** Names that an expression of a form may start with. */
export const FORM_NAMES = ['answers', 'today', 'value', 'item', 'index'] as const
/** Names that an expression of a workflow may start with. */
export const WORKFLOW_NAMES = ['answers', 'case', 'findings', 'today', 'input', 'results'] as const

const compiled = new Map<string, Expression>()
const MOST_KEPT = 5000

/**
 * Reads an expression once. feelin reads its text anew for every evaluation, which costs 0.8 ms for a usual condition;
 * asking it once for a function with that body and calling the function costs 0.02 ms.
 */
export function compileFeel(source: string, names: readonly string[]): Expression {
  const key = `${names.join()}|${source}`
  const known = compiled.get(key)
  if (known) return known
  const tree = parseTree(source)
  if (!tree) throw new FeelError('is empty', 0)
  const { value, warnings } = feelEvaluate(`function(${names.join(', ')}) (${source}\n)`)
  if (!(value instanceof FeelFunction)) throw new FeelError('is no expression', 0)
  const { fn } = value
  const run = (...values: readonly unknown[]): unknown => {
    const result: unknown = fn(...values)
    // The function keeps the warnings of every call; they would pile up as long as the program runs.
    warnings.length = 0
    return result ?? null
  }
  const expression = { source, run }
  if (compiled.size >= MOST_KEPT) compiled.clear()
  compiled.set(key, expression)
  return expression
}

/** The syntax tree; throws with the place of the first thing that does not fit. */
export function parseTree(source: string): Node | null {
  const tree = parseExpression(source, {}, undefined)
  tree.iterate({
    enter: (node) => {
      if (node.type.isError) throw new FeelError(unexpected(source, node.from, node.to), node.from)
    },
  })
  return tree.topNode.firstChild
}

/** One node of a syntax tree: what is used of Lezer's `SyntaxNode`. */
export type Node = NonNullable<ReturnType<typeof parseExpression>['topNode']['firstChild']>

function unexpected(source: string, from: number, to: number): string {
  const rest = source.slice(from, Math.max(to, from + 12)).trim()
  return rest ? `does not understand "${rest}" (character ${from + 1})` : 'ends too early'
}

/**
 * Evaluates an expression over named values. Temporal.PlainDate values are FEEL dates, and dates come back as such.
 * Null where something is missing. Throws FeelError where the text is no expression.
 */
export function evaluate(source: string, scope: Readonly<Record<string, unknown>>): unknown {
  const names = Object.keys(scope)
  return fromFeel(compileFeel(source, names).run(...names.map((name) => deepFeel(scope[name]))))
}

/** Dates of FEEL as Temporal.PlainDate, inside lists and contexts too. */
export function fromFeel(value: unknown): unknown {
  if (value instanceof FeelDate) return Temporal.PlainDate.from(value.iso)
  if (Array.isArray(value)) return value.map(fromFeel)
  if (isPlain(value)) return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, fromFeel(entry)]))
  return value ?? null
}

/** Temporal.PlainDate as dates of FEEL, inside lists and objects too; undefined as null. */
export function deepFeel(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(deepFeel)
  if (isPlain(value)) return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, deepFeel(entry)]))
  return toFeel(value ?? null)
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

/**
 * Half a cent counts up, as people round. Products of decimal fractions carry binary noise
 * (1.15 × 150 = 172.49999999999997), which is rounded away first.
 */
export function roundCents(value: number): number {
  return Math.round(Number(value.toPrecision(12)))
}

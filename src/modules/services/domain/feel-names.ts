import { BUILT_INS } from './feel-built-ins.ts'
import { FeelError, parseTree, type Node } from './feel.ts'

/**
 * What an expression may find under a name: `any` (not known beforehand), `value` (nothing below it), or its parts.
 * A list has the shape of its entries, because paths of FEEL go into each entry of a list.
 */
export type Shape = 'any' | 'value' | { readonly [name: string]: Shape }

/** The parts of a date in FEEL. */
export const DATE_SHAPE: Shape = { year: 'value', month: 'value', day: 'value', weekday: 'value' }

/** Built-ins that read the machine's clock: rules take the day of the city from `today`. */
const CLOCKS = new Set(['today', 'now'])

/**
 * Checks every name of an expression against what there is, so that a typing error shows at start and not as a
 * condition that never holds. Returns the paths it reads (`answers.person.birthDate`). Throws FeelError.
 */
export function checkNames(source: string, scope: Readonly<Record<string, Shape>>): readonly string[] {
  const tree = parseTree(source)
  if (!tree) throw new FeelError('is empty', 0)
  const reader = new NameReader(source)
  reader.shapeOf(tree, { ...scope })
  return [...new Set(reader.paths)]
}

type Env = Readonly<Record<string, Shape>>

class NameReader {
  readonly paths: string[] = []
  readonly #source: string
  constructor(source: string) {
    this.#source = source
  }

  shapeOf(node: Node, env: Env): Shape {
    switch (node.name) {
      case 'PathExpression':
        return this.#path(node, env)
      case 'VariableName':
        return this.#variable(node, env)
      case 'FunctionInvocation':
        return this.#call(node, env)
      case 'FilterExpression':
        return this.#filter(node, env)
      case 'ForExpression':
      case 'QuantifiedExpression':
        return this.#loop(node, env)
      case 'IfExpression': {
        const shapes = children(node).map((child) => this.shapeOf(child, env))
        return shapes[3] ?? 'any'
      }
      case 'IterationContext': {
        // One list to go through, or the two ends of a range.
        const shapes = children(node).map((child) => this.shapeOf(child, env))
        return shapes.length === 1 ? (shapes[0] ?? 'any') : 'any'
      }
      case 'ParenthesizedExpression':
        return children(node).map((child) => this.shapeOf(child, env))[1] ?? 'any'
      case 'Context':
      case 'FunctionDefinition':
        throw new FeelError(`may not use ${node.name === 'Context' ? 'contexts' : 'own functions'}`, node.from)
      default:
        for (const child of children(node)) this.shapeOf(child, env)
        return node.name === 'DateTimeLiteral' ? 'any' : literalShape(node.name)
    }
  }

  #text(node: Node): string {
    return this.#source.slice(node.from, node.to).replace(/\s+/g, ' ')
  }

  #variable(node: Node, env: Env): Shape {
    const name = this.#text(node)
    const shape = Object.hasOwn(env, name) ? env[name] : undefined
    if (shape === undefined) {
      if (BUILT_INS.has(name)) throw new FeelError(`uses the function "${name}" as a value`, node.from)
      throw new FeelError(`does not know "${name}"; there is: ${Object.keys(env).join(', ')}`, node.from)
    }
    this.#note(node)
    return shape
  }

  #path(node: Node, env: Env): Shape {
    const [target, , property] = children(node)
    if (!target || !property) return 'any'
    const shape = this.shapeOf(target, env)
    const name = this.#text(property)
    this.#note(node)
    if (shape === 'any') return 'any'
    const inner = shape === 'value' ? undefined : Object.hasOwn(shape, name) ? shape[name] : undefined
    if (inner !== undefined) return inner
    const there = shape === 'value' ? 'nothing' : Object.keys(shape).join(', ')
    throw new FeelError(`does not know "${name}" in "${this.#text(target)}"; there is: ${there}`, property.from)
  }

  /** Keeps whole paths, and not their beginnings. */
  #note(node: Node): void {
    const { parent } = node
    if (parent?.name === 'PathExpression' && parent.firstChild?.from === node.from) return
    this.paths.push(this.#text(node).replaceAll(' ', ''))
  }

  #call(node: Node, env: Env): Shape {
    const [target, ...rest] = children(node)
    const name = target ? this.#text(target) : ''
    if (CLOCKS.has(name)) throw new FeelError(`may not call "${name}()"; the day is in "today"`, node.from)
    if (!BUILT_INS.has(name)) throw new FeelError(`does not know the function "${name}"`, node.from)
    for (const child of rest) this.shapeOf(child, env)
    return 'any'
  }

  /** Inside the brackets the entry's own names count, and `item`. */
  #filter(node: Node, env: Env): Shape {
    const [target, , condition] = children(node)
    if (!target || !condition) return 'any'
    const shape = this.shapeOf(target, env)
    const own = typeof shape === 'object' ? shape : {}
    this.shapeOf(condition, { ...env, ...own, item: shape })
    return shape
  }

  /** `for d in list return …`, `some d in list satisfies …`: the name holds in what follows. */
  #loop(node: Node, env: Env): Shape {
    let inner = env
    for (const child of children(node)) {
      if (child.name === 'InExpressions') {
        for (const entry of children(child)) {
          const [name, , over] = children(entry)
          if (name && over) inner = { ...inner, [this.#text(name)]: this.shapeOf(over, inner) }
        }
      } else this.shapeOf(child, inner)
    }
    return 'any'
  }
}

const literalShape = (name: string): Shape => (name.endsWith('Literal') || name === 'Comparison' ? 'value' : 'any')

function children(node: Node): Node[] {
  const found: Node[] = []
  for (let child = node.firstChild; child; child = child.nextSibling) found.push(child)
  return found
}

import { BUILT_INS } from './feel-built-ins.ts'
import { evaluate, FeelError, parseTree, type Node } from './feel.ts'
import { DATE_SHAPE, isChoices, partsOf, type Shape } from './feel-shapes.ts'

/** Built-ins that read the machine's clock: rules take the day of the city from `today`. */
const CLOCKS = new Set(['today', 'now'])

/** Built-ins whose result is a number or true or false: a condition that counts is a slip of the pen. */
const NUMBERS = new Set(['count', 'sum', 'string length', 'floor', 'ceiling', 'abs', 'modulo', 'mean'])
const CONDITIONS = new Set(['not', 'contains', 'list contains', 'matches', 'starts with', 'ends with', 'all', 'any'])

/**
 * Checks every name of an expression against what there is, options of choices and days included, so that a typing
 * error shows at start and not as a condition that never holds. Returns the paths it reads (`answers.person.birthDate`)
 * and what it gives, as far as can be told beforehand. Throws FeelError.
 */
export function checkNames(
  source: string,
  scope: Readonly<Record<string, Shape>>,
): { readonly paths: readonly string[]; readonly gives: Shape } {
  const tree = parseTree(source)
  if (!tree) throw new FeelError('is empty', 0)
  const reader = new NameReader(source)
  const gives = reader.shapeOf(tree, { ...scope })
  return { paths: [...new Set(reader.paths)], gives }
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
        const [, , , then = 'any', , otherwise = 'any'] = children(node).map((child) => this.shapeOf(child, env))
        return then === otherwise ? then : 'any'
      }
      case 'Comparison':
        return this.#comparison(node, env)
      case 'DateTimeLiteral':
        return this.#moment(node, env)
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
        return RESULTS[node.name] ?? 'any'
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
    const parts = partsOf(shape) ?? {}
    const inner = Object.hasOwn(parts, name) ? parts[name] : undefined
    if (inner !== undefined) return inner
    const there = Object.keys(parts).join(', ') || 'nothing'
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
    if (rest.every((child) => child.firstChild === null))
      throw new FeelError(`calls "${name}" without a value`, node.from)
    for (const child of rest) this.shapeOf(child, env)
    return NUMBERS.has(name) ? 'number' : CONDITIONS.has(name) ? 'boolean' : 'any'
  }

  /** What is compared with a choice must be one of its words. */
  #comparison(node: Node, env: Env): Shape {
    const choices = children(node)
      .map((child) => this.shapeOf(child, env))
      .find(isChoices)
    for (const literal of choices ? literalsIn(node) : []) {
      const word = this.#text(literal).slice(1, -1)
      if (!choices?.includes(word))
        throw new FeelError(`compares with "${word}"; there is: ${choices?.join(', ')}`, literal.from)
    }
    return 'boolean'
  }

  /** `date("2026-02-30")` and `duration("3 months")` would be null without a word. */
  #moment(node: Node, env: Env): Shape {
    for (const child of children(node)) this.shapeOf(child, env)
    const text = this.#text(node)
    const isLiteral = /^(@|[^(]+\(\s*)"[^"]*"\s*\)?$/.test(text)
    if (isLiteral && evaluate(text, {}) === null) throw new FeelError(`means nothing with \`${text}\``, node.from)
    return /^date ?\(/.test(text) ? DATE_SHAPE : 'any'
  }

  /** Inside the brackets the entry's own names count, and `item`. */
  #filter(node: Node, env: Env): Shape {
    const [target, , condition] = children(node)
    if (!target || !condition) return 'any'
    const shape = this.shapeOf(target, env)
    this.shapeOf(condition, { ...env, ...partsOf(shape), item: shape })
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
    return node.name === 'QuantifiedExpression' ? 'boolean' : 'any'
  }
}

/** What a node gives whatever is in it. */
const RESULTS: Readonly<Record<string, Shape>> = {
  StringLiteral: 'text',
  NumericLiteral: 'number',
  BooleanLiteral: 'boolean',
  Conjunction: 'boolean',
  Disjunction: 'boolean',
}

/** Texts in quotes that a comparison names itself: `= "a"`, `in ("a", "b")`. */
function literalsIn(node: Node): Node[] {
  return children(node).flatMap((child) => {
    if (child.name === 'StringLiteral') return [child]
    return child.name.startsWith('PositiveUnaryTest') ? literalsIn(child) : []
  })
}

function children(node: Node): Node[] {
  const found: Node[] = []
  for (let child = node.firstChild; child; child = child.nextSibling) found.push(child)
  return found
}

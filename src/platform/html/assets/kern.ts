import { ICONS } from '../components/icon.ts'

/**
 * KERN's stylesheet holds 400 KB, of which we use a sixth: its grid and its spacing classes repeat for six screen widths,
 * and its 46 icons are data URLs. What we use is named here; anything else is left out when the assets are loaded.
 */
const BLOCKS = new Set([
  'accordion', 'alert', 'badge', 'body', 'btn', 'card', 'description-list', 'description-list-item', 'dialog', 'divider',
  'error', 'fieldset', 'form-check', 'form-input', 'heading-large', 'heading-medium', 'heading-small', 'heading-x-large',
  'hint', 'icon', 'label', 'layer', 'level-0', 'level-1', 'level-2', 'light', 'dark', 'link', 'list', 'number', 'preline',
  'progress', 'sr-only', 'subline', 'summary', 'table', 'table-responsive', 'title',
]) // prettier-ignore

const KEPT_ICONS = new Set<string>([...ICONS, 'small', 'default', 'large', 'x-large'])

/** The rules of the stylesheet whose selectors name only blocks in use. */
export function pruneKern(css: string): string {
  return pruneRules(css.replace(/\/\*[^]*?\*\//g, ''))
}

function pruneRules(css: string): string {
  let kept = ''
  for (const { head, body } of rulesOf(css)) {
    if (body === null) kept += head.startsWith('@charset') ? '' : head
    else if (head.startsWith('@media') || head.startsWith('@supports')) {
      const inner = pruneRules(body)
      if (inner) kept += `${head}{${inner}}`
    } else if (head.startsWith('@')) kept += `${head}{${body}}`
    else {
      const selectors = splitSelectors(head).filter(isUsed)
      if (selectors.length > 0) kept += `${selectors.join(',')}{${squeeze(body)}}`
    }
  }
  return kept
}

const squeeze = (body: string): string =>
  body
    .split(/;\s*\n/)
    .map((line) => line.trim())
    .filter(Boolean)
    .join(';')

function isUsed(selector: string): boolean {
  for (const [, name] of selector.matchAll(/\.kern-([a-z0-9-]+(?:_{2}[a-z0-9-]+)?)/g)) {
    const [block = '', modifier] = name!.split(/__|--/)
    if (!BLOCKS.has(block)) return false
    if (block === 'icon' && modifier !== undefined && !KEPT_ICONS.has(modifier)) return false
  }
  return true
}

/** Commas inside `:is(…)` and `:not(…)` do not part selectors. */
function splitSelectors(head: string): string[] {
  const selectors: string[] = []
  let depth = 0
  let start = 0
  for (let i = 0; i < head.length; i++) {
    const c = head[i]
    if (c === '(') depth++
    else if (c === ')') depth--
    else if (c === ',' && depth === 0) {
      selectors.push(head.slice(start, i).trim())
      start = i + 1
    }
  }
  selectors.push(head.slice(start).trim())
  return selectors
}

/** The rules of one level: `head { body }`, or a statement without a body (`@import …;`). Strings may hold braces. */
function* rulesOf(css: string): Generator<{ head: string; body: string | null }> {
  let start = 0
  let open = -1
  let depth = 0
  for (let i = 0; i < css.length; i++) {
    const c = css[i]
    if (c === '"' || c === "'") {
      i = css.indexOf(c, i + 1)
      if (i === -1) return
    } else if (c === '{') {
      if (depth++ === 0) open = i
    } else if (c === '}') {
      if (--depth === 0) {
        yield { head: css.slice(start, open).trim(), body: css.slice(open + 1, i) }
        start = i + 1
      }
    } else if (c === ';' && depth === 0) {
      yield { head: css.slice(start, i + 1).trim(), body: null }
      start = i + 1
    }
  }
}

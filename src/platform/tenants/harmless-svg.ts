const ELEMENTS = new Set([
  'svg', 'g', 'path', 'rect', 'circle', 'ellipse', 'line', 'polyline', 'polygon', 'defs', 'lineargradient', 'radialgradient',
  'stop', 'clippath', 'mask', 'title', 'desc', 'symbol', 'text', 'tspan',
]) // prettier-ignore

/** Attributes that draw. No `style` (the page's policy forbids it), no `href`, nothing that begins with `on`. */
const ATTRIBUTES =
  /^(xmlns|viewBox|width|height|x|y|x1|y1|x2|y2|r|rx|ry|cx|cy|d|points|fill|fill-rule|fill-opacity|clip-rule|clip-path|mask|stroke|stroke-[a-z]+|opacity|transform|gradientUnits|gradientTransform|offset|stop-color|stop-opacity|id|font-[a-z]+|text-anchor|preserveAspectRatio|role|aria-[a-z]+)$/

/** Why the markup is no harmless drawing, as the end of a sentence; null where it is. It goes into every page as it is. */
export function harmlessSvg(markup: string): string | null {
  if (!/^<svg[\s>]/.test(markup) || !markup.endsWith('</svg>')) return 'must begin with <svg and end with </svg>'
  if (/<!|<\?|&(?!amp;|lt;|gt;|quot;|#)/.test(markup)) return 'must hold no comments, doctypes or instructions'
  for (const [, closing, name, rest] of markup.matchAll(/<(\/?)([^\s/>]+)([^>]*)>/g)) {
    if (!ELEMENTS.has(name!.toLowerCase())) return `must not hold <${name}>`
    if (closing) continue
    const left = rest!.replace(/\s([A-Za-z][A-Za-z0-9:-]*)="([^"<]*)"/g, (all, attribute: string, value: string) =>
      ATTRIBUTES.test(attribute) &&
      !/(?:javascript|data|https?):/i.test(value.replace('http://www.w3.org/2000/svg', '')) &&
      !/url\((?!#)/i.test(value)
        ? ''
        : all,
    )
    if (left.replace(/[\s/]/g, '') !== '') return `must not hold "${left.trim()}" in <${name}>`
  }
  return null
}

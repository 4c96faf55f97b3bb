import type { ServiceDefinition } from '../domain/definition.ts'
import { BOX, diagramOf, type Box } from '../domain/diagram.ts'
import { html, type Html } from '#platform/html/html.ts'
import type { Ctx } from '#platform/context.ts'
import { texts } from '../texts/index.ts'

/** The workflow as a picture. It says with one sentence where the same is found in words. */
export function workflowDiagram(ctx: Ctx, def: ServiceDefinition): Html {
  const t = texts(ctx).workbench
  const words = def.texts[ctx.locale]
  const { width, height, boxes, arrows } = diagramOf(def.workflow)
  const label = t.diagram(words.service.title, def.workflow.states.length, def.workflow.transitions.length)
  return html`<section class="rh-diagram" tabindex="0" aria-label="${t.workflow}">
    <svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${label}">
      <defs>
        <marker id="pfeil" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="8" markerHeight="8" orient="auto">
          <path d="M 0 0 L 8 4 L 0 8 z" class="rh-diagram__head"></path>
        </marker>
      </defs>
      ${arrows.map(
        (arrow) =>
          html`<path class="rh-diagram__arrow" d="${arrow.path}" marker-end="url(#pfeil)"
            ><title>${arrow.transitions.map((name) => words.transitions[name]?.label ?? name).join(', ')}</title></path
          >`,
      )}
      ${boxes.map((box) => boxView(ctx, def, box))}
    </svg>
  </section>`
}

function boxView(ctx: Ctx, def: ServiceDefinition, { state, x, y }: Box): Html {
  const t = texts(ctx).workbench
  const words = def.texts[ctx.locale].states[state.name]
  return html`<g class="rh-diagram__state rh-diagram__state--${state.kind}">
    <title>${words?.plain ?? ''}</title>
    <rect x="${x}" y="${y}" width="${BOX.width}" height="${BOX.height}" rx="6"></rect>
    <text x="${x + BOX.width / 2}" y="${y + 24}" text-anchor="middle">${words?.staff ?? state.name}</text>
    <text x="${x + BOX.width / 2}" y="${y + 43}" text-anchor="middle" class="rh-diagram__kind">${t.kind[state.kind]}</text>
  </g>`
}

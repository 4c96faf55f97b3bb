import { ADDRESS_PARTS, type AddressAnswer, type AddressPart } from '#modules/services/public.ts'
import type { Ctx } from '#platform/context.ts'
import { button, fieldId, fieldset, radioField, suggestionCounts, textField } from '#platform/html/components/index.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { textAt, type PlacedField } from '../domain/pages.ts'
import { ACTION, CHOSEN_ADDRESS } from '../use-cases/save-step.ts'
import { texts } from '../texts/index.ts'
import type { FieldSurroundings } from './surroundings.ts'

const AUTOCOMPLETE: Record<AddressPart, string> = {
  street: 'address-line1',
  houseNumber: 'off',
  postcode: 'postal-code',
  place: 'address-level2',
}

/**
 * Street, house number, postcode and place. With JavaScript the street completes from the city's list while it is
 * typed; without, a button looks it up and offers what was found as radio buttons.
 */
export function addressFieldset(
  ctx: Ctx,
  { pointer, field }: PlacedField,
  around: FieldSurroundings,
  base: { label: string; hint?: string | Html; optional?: boolean; source?: string | Html; error?: string },
): Html {
  const t = texts(ctx).address
  const part = (name: AddressPart, width: 4 | 6 | 20 | 30) =>
    textField(ctx, {
      name: `${pointer}/${name}`,
      label: t[name],
      value: textAt(around.answers, `${pointer}/${name}`),
      error: around.errors[`${pointer}/${name}`],
      autocomplete: field.prefill?.startsWith('dataSafe.') ? AUTOCOMPLETE[name] : undefined,
      width,
      optional: base.optional,
      inputmode: name === 'postcode' ? 'numeric' : undefined,
      data: { part: name },
    })
  const [street, houseNumber, postcode, place] = ADDRESS_PARTS
  return fieldset(
    ctx,
    { legend: base.label, hint: base.hint, error: base.error, id: fieldId(pointer) },
    html`<rh-address data-source="/api/v1/addresses"${suggestionCounts(ctx)}>
        ${part(street, 30)}${part(houseNumber, 6)}
        <div class="rh-address__find">
          ${button({ label: t.find, kind: 'secondary', name: ACTION, value: `adresse:${pointer}` })}
        </div>
        ${matchesOf(ctx, pointer, around.matches[pointer])}
        ${part(postcode, 6)}${part(place, 30)}
      </rh-address>
      ${base.source ? html`<p class="rh-source">${base.source}</p>` : nothing}`,
  )
}

function matchesOf(ctx: Ctx, pointer: string, matches: readonly AddressAnswer[] | undefined): Html {
  if (!matches) return nothing
  const t = texts(ctx).address
  if (matches.length === 0) return html`<p class="kern-body" role="status">${t.noMatches}</p>`
  return radioField(ctx, {
    name: CHOSEN_ADDRESS(pointer),
    label: t.matches,
    optional: true,
    value: '',
    choices: [
      ...matches.map((match) => ({
        value: ADDRESS_PARTS.map((name) => match[name]).join('|'),
        label: `${`${match.street} ${match.houseNumber}`.trim()}, ${match.postcode} ${match.place}`,
      })),
      { value: '', label: t.typed },
    ],
  })
}

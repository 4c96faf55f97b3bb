import { complete, findAddress } from '#modules/addresses/public.ts'
import type { AddressAnswer, AddressField, ServiceDefinition } from '#modules/services/public.ts'
import type { Ctx } from '#platform/context.ts'
import { valueAt, withValue } from '../domain/pages.ts'

export interface CheckedAddresses {
  /** With streets and house numbers as the city writes them. */
  readonly answers: Record<string, unknown>
  /** Pointers of addresses that must be in the city's list and are not. */
  readonly unknown: readonly string[]
}

/** Compares addresses with the city's list: what is found gets its postcode and place, and its proper spelling. */
export async function checkAddresses(
  ctx: Ctx,
  fields: readonly { readonly field: AddressField; readonly pointer: string }[],
  given: Readonly<Record<string, unknown>>,
): Promise<CheckedAddresses> {
  let answers = given as Record<string, unknown>
  const unknown: string[] = []
  for (const { field, pointer } of fields) {
    const value = valueAt(answers, pointer)
    const typed = readable(value)
    if (!typed) continue
    const found = await findAddress(ctx, { ...typed, postcode: typed.postcode || null })
    if (found) {
      const { street, houseNumber, postcode, place } = found
      answers = withValue(answers, pointer, { street, houseNumber, postcode, place })
    } else if (field.of === 'city') unknown.push(pointer)
  }
  return { answers, unknown }
}

/** Addresses that must be in the city's list, of a whole form: pointers by their place in these answers. */
export function addressFields(
  def: ServiceDefinition,
  answers: Readonly<Record<string, unknown>>,
): { field: AddressField; pointer: string }[] {
  return def.form.steps
    .flatMap((step) => step.items)
    .flatMap((item) => {
      if (item.type === 'address') return [{ field: item, pointer: item.name }]
      if (item.type !== 'group') return []
      const inner = item.fields.filter((field): field is AddressField => field.type === 'address')
      if (inner.length === 0) return []
      const value = answers[item.name]
      const prefixes = item.repeat
        ? Array.isArray(value)
          ? value.map((_, at) => `${item.name}/${at}`)
          : []
        : [item.name]
      return prefixes.flatMap((prefix) => inner.map((field) => ({ field, pointer: `${prefix}/${field.name}` })))
    })
}

/** Houses of the city that somebody may have meant; at most eight. */
export async function addressMatches(ctx: Ctx, value: unknown): Promise<readonly AddressAnswer[]> {
  const street = part(value, 'street')
  if (street.trim().length < 2) return []
  const found = await complete(ctx, `${street} ${part(value, 'houseNumber')}`.trim(), 8)
  return found.map(({ street, houseNumber, postcode, place }) => ({
    street,
    houseNumber: houseNumber ?? '',
    postcode,
    place,
  }))
}

function readable(value: unknown): { street: string; houseNumber: string; postcode: string } | null {
  const [street, houseNumber] = [part(value, 'street'), part(value, 'houseNumber')]
  return street && houseNumber ? { street, houseNumber, postcode: part(value, 'postcode') } : null
}

function part(value: unknown, name: string): string {
  const text = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
  return typeof text === 'string' ? text.slice(0, 120) : ''
}

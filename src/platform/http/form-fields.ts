import type { FormFields } from './route.ts'

/** Most fields of one form. */
export const MAX_FIELDS = 1_000

export class FieldMap implements FormFields {
  readonly #values = new Map<string, string[]>()
  #count = 0

  /** False where there are too many. */
  add(name: string, value: string): boolean {
    this.#count += 1
    if (this.#count > MAX_FIELDS) return false
    const values = this.#values.get(name)
    if (values) values.push(value)
    else this.#values.set(name, [value])
    return true
  }

  get(name: string): string {
    return this.#values.get(name)?.[0] ?? ''
  }
  all(name: string): readonly string[] {
    return this.#values.get(name) ?? []
  }
  has(name: string): boolean {
    return this.#values.has(name)
  }
  names(): readonly string[] {
    return [...this.#values.keys()]
  }
  entries(): readonly (readonly [string, string])[] {
    return [...this.#values].flatMap(([name, values]) => values.map((value) => [name, value] as const))
  }
}

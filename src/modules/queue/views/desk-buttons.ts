import { button, type ButtonKind } from '#platform/html/components/index.ts'
import type { Html } from '#platform/html/html.ts'

/** A button of the desk: `was` says what to do; a key presses it. */
export const actionButton = (o: {
  readonly label: string
  readonly value: string
  readonly kind: ButtonKind
  readonly key?: string
  readonly about?: string
}): Html =>
  button({
    label: o.label,
    kind: o.kind,
    name: 'was',
    value: o.value,
    ...(o.about === undefined ? {} : { about: o.about }),
    ...(o.key === undefined ? {} : { data: { key: o.key } }),
  })

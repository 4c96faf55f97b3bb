/**
 * How a module below lets modules above it take part without knowing them: it names a point and its type in its
 * `public.ts`, others provide named implementations in their manifests, and the app hands out the map.
 * Example: `cases` names `caseAction`, `parking` provides `parking.issue-permit`, a workflow in YAML uses that name.
 */
export interface ExtensionPoint<T> {
  readonly point: string
  readonly __type?: T
}

export interface Extension {
  readonly point: string
  readonly name: string
  readonly value: unknown
}

export const extensionPoint = <T>(point: string): ExtensionPoint<T> => ({ point })

export const provide = <T>(point: ExtensionPoint<T>, name: string, value: T): Extension => ({
  point: point.point,
  name,
  value,
})

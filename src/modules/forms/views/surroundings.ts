import type { AddressAnswer, FileFacts, ServiceDefinition } from '#modules/services/public.ts'
import type { Source } from '../domain/source.ts'

/** What a page knows about its fields. */
export interface FieldSurroundings {
  readonly def: ServiceDefinition
  readonly answers: Readonly<Record<string, unknown>>
  readonly errors: Readonly<Record<string, string>>
  readonly sources: Readonly<Record<string, Source>>
  readonly files: ReadonlyMap<string, FileFacts>
  readonly fileHref: (id: string) => string
  readonly matches: Readonly<Record<string, readonly AddressAnswer[]>>
  /** Fields that must be answered, as far as can be told now. */
  readonly isRequired: (pointer: string) => boolean
}

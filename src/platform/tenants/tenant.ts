import type { Theme } from './theme.ts'

/** A municipality on this installation. Its host name selects it, its tables live in `schema`. */
export interface Tenant {
  /** Short name, `[a-z][a-z0-9-]*`; also the name of its folder for files. */
  readonly id: string
  /** "Stadt Karlsruhe" */
  readonly name: string
  readonly hosts: readonly string[]
  readonly schema: string
  readonly theme: Theme
  /** Address under which people reach it, without a slash at the end; for links in mails. */
  readonly baseUrl: string
}

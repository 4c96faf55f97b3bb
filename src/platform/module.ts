import type { Ctx } from './context.ts'
import type { IdentifyDevice } from './auth/device.ts'
import type { Permission, Principal } from './auth/principal.ts'
import type { Extension } from './extension.ts'
import type { Subscription } from './events/events.ts'
import type { Route } from './http/route.ts'
import type { LocalizedText } from './i18n/locale.ts'
import type { Job } from './jobs/jobs.ts'

/**
 * What a module contributes to the city. The platform finds manifests by scanning `src/modules/<name>/module.ts`
 * (default export) and reads nothing else of a module.
 */
export interface ModuleManifest {
  /** Same as the folder's name. */
  readonly name: string
  /** Modules whose `public.ts` this one may import. */
  readonly uses?: readonly string[]
  readonly routes?: readonly Route[]
  /** Every permission that the module asks for, with its name for the page of roles. */
  readonly permissions?: Readonly<Record<Permission, LocalizedText>>
  readonly navigation?: readonly NavigationEntry[]
  readonly jobs?: readonly Job[]
  readonly subscriptions?: readonly Subscription[]
  readonly extensions?: readonly Extension[]
  /** Problem type → status and words. */
  readonly problems?: Readonly<Record<string, ProblemText>>
  readonly retention?: readonly RetentionRule[]
  readonly privacy?: Privacy
  readonly health?: readonly HealthProbe[]
  /** Where its demo data are made: read when a city is seeded and by no other start. */
  readonly seed?: () => Promise<{ readonly seed: Seed }>
  /** Runs once for each tenant at start, after migrations: published definitions into tables and the like. */
  readonly prepare?: (ctx: Ctx) => Promise<void>
  /** One module only: finds out who asks, from cookie or bearer token. */
  readonly authenticate?: Authenticate
  /** One module only: finds out which machine asks, on routes of devices. */
  readonly identifyDevice?: IdentifyDevice<Ctx>
  /** Of the module with accounts: opens a session for an account, for tests and `bin/rathaus token`. */
  readonly openSession?: (ctx: Ctx, email: string) => Promise<{ cookie: string; bearer: string }>
  /** Command line: `bin/rathaus <name> …`, run for one tenant (`--tenant`). */
  readonly commands?: readonly Command[]
}

export const defineModule = (manifest: ModuleManifest): ModuleManifest => manifest

export interface NavigationEntry {
  readonly area: 'portal' | 'account' | 'workbench' | 'footer'
  readonly path: string
  readonly label: LocalizedText
  /** Shown only to staff with it. */
  readonly permission?: Permission
  /** Not shown to staff with one of them: they have another entry that leads there. */
  readonly unless?: readonly Permission[]
  /** In the workbench what runs the city itself, and is not its daily work, has 60 or more and stands in a group of its own. */
  readonly order: number
  /** How it stands there for the person, on the overview of an area: "2 laufende Anträge". */
  readonly standing?: (ctx: Ctx) => Promise<string>
}

export interface ProblemText {
  readonly status: number
  readonly title: LocalizedText
  /** What the person can do now. */
  readonly advice: LocalizedText
}

/** Title and advice, each in German and English. */
export const problemText = (status: number, title: [string, string], advice: [string, string]): ProblemText => ({
  status,
  title: { de: title[0], en: title[1] },
  advice: { de: advice[0], en: advice[1] },
})

/** GDPR article 5(1)(e): each table with personal data says why it is kept and when it goes. */
export interface RetentionRule {
  readonly table: string
  readonly purpose: LocalizedText
  readonly rule: LocalizedText
  /** Deletes what is due; returns how many rows. Absent where the rows go with those of another rule. */
  readonly run?: (ctx: Ctx) => Promise<number>
}

/** GDPR articles 15, 17 and 20, for one account. */
export interface Privacy {
  readonly export: (ctx: Ctx, accountId: string) => Promise<unknown>
  /** Deletes, or makes anonymous what the law says must stay. Runs inside one transaction with all others. */
  readonly erase: (ctx: Ctx, accountId: string) => Promise<void>
}

export interface HealthProbe {
  /** What is looked at, in words for the administration: "Mail delivery". */
  readonly name: LocalizedText
  readonly check: (ctx: Ctx) => Promise<{ ok: boolean; message: LocalizedText }>
}

export interface Seed {
  /** Demo data for an empty tenant; deterministic. Called in the order of `uses`, in a transaction of its own. */
  readonly run: (ctx: Ctx, progress: (done: number, of: number) => void) => Promise<void>
}

export interface Credentials {
  readonly cookie: string | undefined
  readonly bearer: string | undefined
}

export type Authenticate = (ctx: Ctx, credentials: Credentials) => Promise<Principal | null>

export interface Command {
  /** First word: `import`. */
  readonly name: string
  /** Second word, where several commands share the first: `parking-areas`. */
  readonly verb?: string
  /** What follows these words: `FILE`, `--account MAIL [--hours 8]`. */
  readonly usage: string
  /** One line for `--help`. */
  readonly help: string
  readonly run: (ctx: Ctx, args: readonly string[], print: (line: string) => void) => Promise<void>
}

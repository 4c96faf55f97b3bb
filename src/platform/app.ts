import type { Config } from './config.ts'
import type { ExtensionPoint } from './extension.ts'
import type { FileStore } from './files/store.ts'
import type { Logger } from './log.ts'
import type { ModuleManifest } from './module.ts'
import type { Registry } from 'prom-client'
import type { Tenants } from './tenants/tenants.ts'
import type { Clock } from './time/clock.ts'

/** The running program: what is the same for all tenants. Built by the composition root, handed on in every context. */
export interface App {
  readonly config: Config
  readonly modules: readonly ModuleManifest[]
  readonly tenants: Tenants
  readonly files: FileStore
  readonly log: Logger
  readonly clock: Clock
  readonly metrics: Registry
  /** What modules provide at a point, by name. */
  extensions<T>(point: ExtensionPoint<T>): ReadonlyMap<string, T>
}

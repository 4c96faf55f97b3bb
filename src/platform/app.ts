import type { Config } from './config.ts'
import type { ExtensionPoint } from './extension.ts'
import type { VirusScanner } from './files/scanner.ts'
import type { FileStore } from './files/store.ts'
import type { Logger } from './log.ts'
import type { Assets } from './html/assets/assets.ts'
import type { IdentifyDevice } from './auth/device.ts'
import type { Ctx } from './context.ts'
import type { Authenticate, ModuleManifest } from './module.ts'
import type { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Tenants } from './tenants/tenants.ts'
import type { Clock } from './time/clock.ts'

/** The running program: what is the same for all tenants. Built by the composition root, handed on in every context. */
export interface App {
  readonly version: string
  readonly config: Config
  readonly modules: readonly ModuleManifest[]
  readonly tenants: Tenants
  readonly files: FileStore
  readonly scanner: VirusScanner
  readonly log: Logger
  readonly clock: Clock
  readonly metrics: Registry
  /** Of all processes that serve together, in the text format of Prometheus. */
  allMetrics(): Promise<string>
  readonly requestSeconds: Histogram
  /** Answers from memory; they do not show in `requestSeconds`. */
  readonly keptPages: Counter
  /** Read and not begun yet. */
  readonly waitingRequests: Gauge
  readonly assets: Assets
  /** Of the one module that owns accounts. */
  readonly authenticate: Authenticate | null
  /** Of the one module that owns devices. */
  readonly identifyDevice: IdentifyDevice<Ctx> | null
  /** What modules provide at a point, by name. */
  extensions<T>(point: ExtensionPoint<T>): ReadonlyMap<string, T>
}

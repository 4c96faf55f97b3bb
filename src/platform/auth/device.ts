import type { Result } from '../problem.ts'

/** A machine that asks by itself, without anybody signed in: a terminal, a screen, a robot. */
export interface Device {
  readonly id: string
  readonly name: string
  readonly kind: string
  /** Where it stands. */
  readonly office: string
}

/** What a machine shows: a key in the header of a JSON operation, or the cookie of a browser that was set up once. */
export interface DeviceCredentials {
  readonly key: string | undefined
  readonly cookie: string | undefined
}

/** Which machine that is, or in which word it is refused. */
export type IdentifyDevice<Ctx> = (ctx: Ctx, credentials: DeviceCredentials) => Promise<Result<Device>>

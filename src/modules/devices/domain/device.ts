/** What a machine is for: walk-ins take a ticket, a hall sees the calls, documents are picked up, people are told the way. */
export const KINDS = ['kiosk', 'display', 'pickup', 'robot'] as const
export type DeviceKind = (typeof KINDS)[number]

export const STATES = ['in-use', 'not-set-up', 'withdrawn'] as const
export type DeviceState = (typeof STATES)[number]

export interface Device {
  readonly id: string
  readonly name: string
  /** Slug of the catalogue. */
  readonly office: string
  readonly kind: DeviceKind
}

export interface ListedDevice extends Device {
  readonly state: DeviceState
  readonly lastSeenAt: Temporal.Instant | null
}

export const LONGEST_NAME = 80

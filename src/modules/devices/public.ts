import type { Permission } from '#platform/auth/principal.ts'
import type { Ctx } from '#platform/context.ts'
import { extensionPoint } from '#platform/extension.ts'
import { deviceOfKind, type Access } from '#platform/http/route.ts'
import type { Device, DeviceKind } from './domain/device.ts'

/**
 * The door of devices: which machine asks. A route says `access: onDevice(['kiosk'])`, or `onDevice(['kiosk'], 'queue.call')`
 * where staff may look, too; its handler asks `deviceOf(ctx)` who it is.
 */
export type { Device, DeviceKind } from './domain/device.ts'
export { deviceNames, devicesOfKind } from './store/devices.ts'
export {
  addDevice,
  issue as issueSecret,
  setUp as setUpBrowser,
  withdraw as withdrawDevice,
} from './use-cases/manage.ts'

export const onDevice = (kinds: readonly DeviceKind[], orStaff: Permission | null = null): Access =>
  deviceOfKind(kinds, orStaff)

/** The device that asks; null where staff look. */
export const deviceOf = (ctx: Pick<Ctx, 'device'>): Device | null => ctx.device as Device | null

/** Where a browser goes that was set up, by kind of device: `provide(deviceHome, 'kiosk', '/aufruf/terminal')`. */
export const deviceHome = extensionPoint<string>('devices.home')

/** What would be left behind where a device is withdrawn, for whoever is about to do so; null: nothing. */
export type Remaining = (ctx: Ctx, device: string) => Promise<{ readonly title: string; readonly body: string } | null>
export const deviceRemaining = extensionPoint<Remaining>('devices.remaining')

import { audit } from '#platform/audit/audit.ts'
import type { Ctx } from '#platform/context.ts'
import { newId } from '#platform/db/id.ts'
import { transaction } from '#platform/db/transaction.ts'
import type { Device } from '../domain/device.ts'
import { newSecret, SET_UP_HOURS, type Purpose } from '../domain/secret.ts'
import { endCredentials, insertCredential, useLink } from '../store/credentials.ts'
import { insertDevice, renameDevice, withdrawDevice } from '../store/devices.ts'

const ALL: readonly Purpose[] = ['key', 'set-up', 'browser']

const subjectOf = (id: string) => `device:${id}`

/** Adds a device; it can do nothing until it gets a key or a browser. False where it is there already. */
export const addDevice = (ctx: Ctx, device: Device): Promise<boolean> =>
  transaction(ctx, async (ctx) => {
    if (!(await insertDevice(ctx, device))) return false
    const { name, office, kind } = device
    await audit(ctx, { subject: subjectOf(device.id), action: 'devices.added', data: { name, office, kind } })
    return true
  })

export const rename = (ctx: Ctx, device: Device, name: string): Promise<void> =>
  transaction(ctx, async (ctx) => {
    await renameDevice(ctx, device.id, name)
    await audit(ctx, {
      subject: subjectOf(device.id),
      action: 'devices.renamed',
      data: { from: device.name, to: name },
    })
  })

/**
 * A new key or a new link for setting up, told this once; null where this very form has issued one already. With a new key
 * everything older ends, browsers too: whoever asks for one may have lost the last. A link ends older links alone; the
 * browser that runs goes on until another one takes its place.
 */
export const issue = (
  ctx: Ctx,
  device: string,
  purpose: 'key' | 'set-up',
  id: string = newId(),
): Promise<string | null> =>
  transaction(ctx, async (ctx) => {
    const secret = newSecret(purpose)
    const expiresAt = purpose === 'key' ? null : ctx.clock.now().add({ hours: SET_UP_HOURS })
    const ended = purpose === 'key' ? ALL : [purpose]
    if (!(await insertCredential(ctx, { id, device, purpose, secret, expiresAt }))) return null
    await endCredentials(ctx, device, ended, id)
    await audit(ctx, { subject: subjectOf(device), action: `devices.${purpose}-issued` })
    return secret
  })

/** From now on it is refused, whatever it shows. */
export const withdraw = (ctx: Ctx, device: string): Promise<boolean> =>
  transaction(ctx, async (ctx) => {
    if (!(await withdrawDevice(ctx, device))) return false
    await endCredentials(ctx, device, ALL)
    await audit(ctx, { subject: subjectOf(device), action: 'devices.withdrawn' })
    return true
  })

/** The browser that opens the link becomes the device's one browser: the secret for its cookie. Null where the link is used up. */
export const setUp = (ctx: Ctx, link: string): Promise<{ device: string; secret: string } | null> =>
  transaction(ctx, async (ctx) => {
    const device = await useLink(ctx, link)
    if (device === null) return null
    const secret = newSecret('browser')
    await endCredentials(ctx, device, ['browser'])
    await insertCredential(ctx, { id: newId(), device, purpose: 'browser', secret, expiresAt: null })
    await audit(ctx, { subject: subjectOf(device), action: 'devices.set-up', actor: 'system' })
    return { device, secret }
  })

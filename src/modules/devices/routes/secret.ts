import type { Ctx } from '#platform/context.ts'
import { qrCodeSvg } from '#platform/html/qr-code.ts'
import { htmlPage, redirect, type Reply } from '#platform/http/reply.ts'
import type { Device } from '../domain/device.ts'
import { SET_UP_HOURS } from '../domain/secret.ts'
import { issue } from '../use-cases/manage.ts'
import { LIST } from '../views/list.ts'
import { secretPage } from '../views/secret.ts'
import { SET_UP } from '../views/here.ts'

/** Issues a secret and shows it, this once; a form that comes again leads to the device. */
export async function showSecret(ctx: Ctx, device: Device, purpose: 'key' | 'set-up', id: string): Promise<Reply> {
  const secret = await issue(ctx, device.id, purpose, id)
  if (secret === null) return redirect(`${LIST}/${device.id}?hinweis=ausgegeben`)
  if (purpose === 'key') return htmlPage(secretPage(ctx, { device, purpose, secret }))
  const link = `${ctx.tenant.baseUrl}${SET_UP}/${secret}`
  const until = ctx.clock.now().add({ hours: SET_UP_HOURS })
  return htmlPage(secretPage(ctx, { device, purpose, link, qr: await qrCodeSvg(link), until }))
}

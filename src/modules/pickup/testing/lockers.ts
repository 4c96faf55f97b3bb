import { addDevice, issueSecret, setUpBrowser, type DeviceKind } from '#modules/devices/public.ts'
import type { Ctx } from '#platform/context.ts'
import { many, sql } from '#platform/db/db.ts'
import { newId } from '#platform/db/id.ts'
import type { Answer, CityHandle } from '#src/testing/handle.ts'

export const OFFICE = 'buergerbuero-mitte'

/** A machine with a program (`call`) and a browser (`cookies`). */
export async function machineOf(city: CityHandle, kind: DeviceKind = 'pickup', office: string = OFFICE) {
  const ctx = await city.ctx()
  const id = newId()
  await addDevice(ctx, { id, name: `Schrank ${id.slice(-4)}`, office, kind })
  const key = (await issueSecret(ctx, id, 'key'))!
  const { secret } = (await setUpBrowser(ctx, (await issueSecret(ctx, id, 'set-up'))!))!
  const call = (method: 'GET' | 'POST', path: string, body?: unknown): Promise<Answer> =>
    city.json(method, `/api/v1/pickup${path}`, body, { headers: { authorization: `Bearer ${key}` } })
  return {
    id,
    cookies: { rathaus_device: secret },
    call,
    open: (code: string) => call('POST', '/openings', { code }),
    documents: async () => (await call('GET', '/documents')).json().documents as Record<string, unknown>[],
  }
}

/** Texts of what was sent there, the last one first. */
export async function sentTo(ctx: Ctx, address: string): Promise<string[]> {
  const rows = await many(
    ctx.db,
    sql<{
      text: string
    }>`select subject || ' ' || array_to_string(array(select jsonb_array_elements_text(paragraphs)), ' ') as text
      from notifications_message where email = ${address} or telephone = ${address} order by created_at desc, id desc`,
  )
  return rows.map(({ text }) => text)
}

/** The code in the last message to that address. */
export const codeSentTo = async (ctx: Ctx, address: string): Promise<string> =>
  /\d{5} \d{5}/.exec((await sentTo(ctx, address))[0] ?? '')![0]

/** The same number with another secret. */
export const wrongly = (code: string): string => `${code.slice(0, 5)} ${code.slice(6) === '11111' ? '22222' : '11111'}`

import { officeBySlug, officesFor } from '#modules/catalogue/public.ts'
import type { Ctx } from '#platform/context.ts'
import { newId } from '#platform/db/id.ts'
import { isId, queryEntry } from '#platform/http/query.ts'
import { htmlPage, problem, redirect, type Reply } from '#platform/http/reply.ts'
import { action, page, staff, type Req, type Route } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { LONGEST_NAME, type ListedDevice } from '../domain/device.ts'
import { deviceRemaining } from '../public.ts'
import { deviceIn, devicesIn } from '../store/devices.ts'
import { texts } from '../texts/index.ts'
import { rename, withdraw } from '../use-cases/manage.ts'
import { devicePage, NOTES, withdrawPage, type Note } from '../views/device.ts'
import { LIST, MANAGE } from '../views/list.ts'
import { showSecret } from './secret.ts'

const manage = staff(MANAGE)
const NO_FILTER = { office: null, kind: null, state: null }

async function found(ctx: Ctx, id: string | undefined): Promise<ListedDevice | null> {
  if (id === undefined || !isId(id)) return null
  const offices = (await officesFor(ctx, MANAGE)).map(({ slug }) => slug)
  return deviceIn(ctx, offices, id)
}

const one =
  (handle: (ctx: Ctx, req: Req, device: ListedDevice) => Promise<Reply>) =>
  async (ctx: Ctx, req: Req): Promise<Reply> => {
    const device = await found(ctx, req.params['id'])
    return device ? handle(ctx, req, device) : problem(fail('not-found'))
  }

/** As `one`, for what a withdrawn device cannot have done to it. */
const oneInUse = (handle: (ctx: Ctx, req: Req, device: ListedDevice) => Promise<Reply>) =>
  one(async (ctx, req, device) =>
    device.state === 'withdrawn' ? redirect(`${LIST}/${device.id}`) : handle(ctx, req, device),
  )

const shown = async (
  ctx: Ctx,
  device: ListedDevice,
  more: { name?: string; errors?: Record<string, string>; note?: Note | null },
) =>
  htmlPage(
    devicePage(ctx, {
      device,
      office: await officeBySlug(ctx, device.office),
      name: more.name ?? device.name,
      errors: more.errors ?? {},
      note: more.note ?? null,
      formId: newId(),
    }),
    { status: more.errors ? 422 : 200 },
  )

/** Some devices of the demo city, for the tests that visit every page. */
const examples = (more: string) => async (ctx: Ctx) => {
  const offices = (await officesFor(ctx, MANAGE)).map(({ slug }) => slug)
  return (await devicesIn(ctx, offices, NO_FILTER)).slice(0, 1).map(({ id }) => `${LIST}/${id}${more}`)
}

export const deviceRoutes: readonly Route[] = [
  page({
    path: `${LIST}/:id`,
    access: manage,
    examples: examples(''),
    handle: one((ctx, req, device) => shown(ctx, device, { note: queryEntry(req, 'hinweis', NOTES) })),
  }),
  action({
    path: `${LIST}/:id`,
    access: manage,
    handle: oneInUse(async (ctx, req, device) => {
      const name = req.form.get('name').trim()
      if (name === '' || [...name].length > LONGEST_NAME)
        return shown(ctx, device, { name, errors: { name: texts(ctx).errors.name } })
      if (name !== device.name) await rename(ctx, device, name)
      return redirect(`${LIST}/${device.id}?hinweis=umbenannt`)
    }),
  }),
  action({
    path: `${LIST}/:id/zugang`,
    access: manage,
    handle: oneInUse(async (ctx, req, device) => {
      const purpose = req.form.get('zweck') === 'key' ? 'key' : 'set-up'
      const sent = req.form.get('id')
      return showSecret(ctx, device, purpose, isId(sent) ? sent : newId())
    }),
  }),
  page({
    path: `${LIST}/:id/entziehen`,
    access: manage,
    examples: examples('/entziehen'),
    handle: oneInUse(async (ctx, _req, device) => {
      const asked = [...ctx.app.extensions(deviceRemaining).values()].map((remaining) => remaining(ctx, device.id))
      const left = (await Promise.all(asked)).filter((one) => one !== null)
      return htmlPage(withdrawPage(ctx, device, left))
    }),
  }),
  action({
    path: `${LIST}/:id/entziehen`,
    access: manage,
    handle: one(async (ctx, _req, device) => {
      await withdraw(ctx, device.id)
      return redirect(`${LIST}/${device.id}`)
    }),
  }),
]

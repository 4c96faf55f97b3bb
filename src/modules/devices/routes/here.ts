import { officeBySlug } from '#modules/catalogue/public.ts'
import type { Ctx } from '#platform/context.ts'
import { DEVICE_COOKIE_SECONDS } from '#platform/http/admit.ts'
import { DEVICE_COOKIE } from '#platform/http/cookies.ts'
import { htmlPage, problem, redirect } from '#platform/http/reply.ts'
import { action, holderOf, page, type Route } from '#platform/http/route.ts'
import { fail } from '#platform/problem.ts'
import { KINDS } from '../domain/device.ts'
import { isSecret } from '../domain/secret.ts'
import { deviceHome, deviceOf, onDevice } from '../public.ts'
import { knownBy } from '../store/credentials.ts'
import { someDevice } from '../store/examples.ts'
import { issue, setUp } from '../use-cases/manage.ts'
import { HERE, herePage, SET_UP, setUpPage } from '../views/here.ts'

const link = holderOf('the link for setting up, which works once')

const knownByLink = async (ctx: Ctx, secret: string | undefined) =>
  secret !== undefined && isSecret('set-up', secret) ? knownBy(ctx, 'set-up', secret) : null

export const hereRoutes: readonly Route[] = [
  page({
    path: `${SET_UP}/:token`,
    access: link,
    examples: async (ctx) => {
      const id = await someDevice(ctx)
      return id === null ? [] : [`${SET_UP}/${await issue(ctx, id, 'set-up')}`]
    },
    handle: async (ctx, req) => {
      const device = await knownByLink(ctx, req.params['token'])
      if (!device?.works) return problem(fail('gone'))
      return htmlPage(
        setUpPage(ctx, { device, office: await officeBySlug(ctx, device.office), token: req.params['token']! }),
      )
    },
  }),
  action({
    path: `${SET_UP}/:token`,
    access: link,
    perMinute: 20,
    handle: async (ctx, req) => {
      const device = await knownByLink(ctx, req.params['token'])
      const made = device?.works ? await setUp(ctx, req.params['token']!) : null
      if (!device || !made) return problem(fail('gone'))
      const home = ctx.app.extensions(deviceHome).get(device.kind) ?? HERE
      return redirect(home, [{ name: DEVICE_COOKIE, value: made.secret, maxAge: DEVICE_COOKIE_SECONDS }])
    },
  }),
  page({
    path: HERE,
    access: onDevice(KINDS),
    handle: async (ctx) => {
      const device = deviceOf(ctx)!
      const home = ctx.app.extensions(deviceHome).get(device.kind) ?? null
      return htmlPage(herePage(ctx, { device, office: await officeBySlug(ctx, device.office), home }))
    },
  }),
]

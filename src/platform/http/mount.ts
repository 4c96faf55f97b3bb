import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../app.ts'
import type { Ctx } from '../context.ts'
import { href } from '../html/href.ts'
import type { Locale } from '../i18n/locale.ts'
import { jobContext } from '../job-context.ts'
import { fail, type Failure } from '../problem.ts'
import { answerOnce } from './answers.ts'
import { admitDevice, refusalOf, refusalOfBearer } from './admit.ts'
import { bearerOf } from './bearer.ts'
import { readMultipart } from './body.ts'
import { cookieName, ownCookies, SESSION_COOKIE } from './cookies.ts'
import { details } from './details.ts'
import { FieldMap } from './form-fields.ts'
import { clientAddress, isLocal, languageOf, requestLocale, wantsJson, wantsStream } from './request.ts'
import type { Req, Route } from './route.ts'
import { sendProblem, sendReply, type Senders } from './send.ts'

/** The context of a request: the city by its host, the person by cookie or token. Null where no city has that host. */
export async function requestContext(app: App, request: FastifyRequest): Promise<Ctx | null> {
  const tenant = await app.tenants.byHost(request.hostname)
  if (!tenant) return null
  const ctx: Ctx = { ...jobContext(app, tenant, request.id), locale: localeFor(request), path: request.url }
  const bearer = bearerOf(request)
  const session = sessionCookie(ctx, request)
  if (bearer === undefined && session === undefined) return ctx
  const account = (await app.authenticate?.(ctx, { cookie: session, bearer })) ?? null
  return { ...ctx, account }
}

/** Whoever asks at `/en/…` gets English, whatever their browser would rather read; programs say it in a header, too. */
function localeFor(request: FastifyRequest): Locale {
  const language = request.url.startsWith('/api/') ? request.headers['accept-language'] : undefined
  const said = requestLocale(request)
  return language === undefined || said === 'en' ? said : languageOf(language)
}

/** Read without the cookie parser, which has not run yet. */
function sessionCookie(ctx: Ctx, request: FastifyRequest): string | undefined {
  const header = request.headers.cookie
  if (header === undefined) return undefined
  const name = cookieName(ctx, SESSION_COOKIE)
  for (const part of header.split(';')) {
    const [key, value] = part.trim().split('=')
    if (key === name && value !== undefined && value !== '') return decoded(value)
  }
  return undefined
}

/** A cookie that is not well encoded is none of ours. */
function decoded(value: string): string | undefined {
  try {
    return decodeURIComponent(value)
  } catch {
    return undefined
  }
}

/** Puts a declared route on the server: schema, limits, who may call it, context, reply. Nothing else mounts handlers. */
export function mountRoute(server: FastifyInstance, senders: Senders, route: Route): void {
  const isApi = route.kind === 'api'
  server.route({
    method: route.method,
    url: route.path,
    config: route.perMinute === undefined ? {} : { rateLimit: limitOf(senders.app, route, route.perMinute) },
    schema: {
      ...(route.params ? { params: route.params } : {}),
      ...(route.query ? { querystring: route.query } : {}),
      ...(route.body ? { body: route.body } : {}),
      // For the OpenAPI document.
      'x-route': route,
    } as object,
    ...(route.access.who === 'device'
      ? hooksOfDevices(senders, route.access)
      : {
          onRequest: (request, reply, done) => {
            const ctx = request.ctx
            const refusal = ctx && refusalOf(route.access, ctx)
            if (refusal === 'sign-in-required' && !isApi && route.method === 'GET')
              return void reply.redirect(
                href(ctx!, `/anmelden?next=${encodeURIComponent(href(ctx!, request.url))}`),
                303,
              )
            if (refusal) return void sendProblem(senders, request, reply, refused(refusal, request))
            done()
          },
          ...(isApi ? { preParsing: refuseBearer(senders) } : {}),
        }),
    handler: (request, reply) => handle(senders, route, request, reply),
  })
}

/** Whoever sent a token is told that it is the token. */
const refused = (refusal: 'sign-in-required' | 'forbidden', request: FastifyRequest): Failure =>
  fail(refusal, refusal === 'sign-in-required' && bearerOf(request) !== undefined ? { says: details.tokenUnknown } : {})

/** Once limits have counted: each token that opens nothing is looked for among the keys of devices. */
const refuseBearer = (senders: Senders) => async (request: FastifyRequest, reply: FastifyReply) => {
  const refusal = request.ctx && (await refusalOfBearer(request.ctx, request))
  if (refusal) await sendProblem(senders, request, reply, refusal)
}

/** A stream that begins again costs little; whoever asks for no stream asks as for any page. */
const limitOf = ({ config }: App, { kind }: Route, perMinute: number) => ({
  timeWindow: 60_000,
  max:
    kind === 'live'
      ? (request: FastifyRequest) => (wantsStream(request) ? perMinute : Math.min(perMinute, config.requestsPerMinute))
      : perMinute,
})

/**
 * Limits count between the two: a device's requests by the device, and refused ones, which guess keys, by address. A guess
 * costs one look-up in a unique index before it is counted; a limit before that would shut out the terminals of a hall with
 * whoever guesses from its network.
 */
function hooksOfDevices(senders: Senders, access: Extract<Route['access'], { who: 'device' }>) {
  const refusals = new WeakMap<FastifyRequest, Failure>()
  return {
    onRequest: async (request: FastifyRequest, reply: FastifyReply) => {
      if (!request.ctx) return
      const admitted = await admitDevice(request.ctx, access, request, reply)
      if ('ok' in admitted) refusals.set(request, admitted)
      else request.ctx = admitted
    },
    preParsing: async (request: FastifyRequest, reply: FastifyReply) => {
      const refusal = refusals.get(request)
      if (refusal) await sendProblem(senders, request, reply, refusal)
    },
  }
}

async function handle(
  senders: Senders,
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const ctx = request.ctx
  if (!ctx) return sendProblem(senders, request, reply, fail('not-found'))
  let req = requestOf(ctx, request)
  if (route.uploads && request.isMultipart()) req = { ...req, ...(await readMultipart(request, ctx, route, req)) }
  const work = () => route.handle(ctx, req)
  const answer = await (route.repeatable ? answerOnce(ctx, req, work) : work())
  return sendReply(senders, ctx, request, reply, answer, route)
}

const NO_FORM = new FieldMap()

function requestOf(ctx: Ctx, request: FastifyRequest): Req {
  return {
    method: request.method,
    url: href(ctx, request.url),
    params: request.params as Record<string, string>,
    query: request.query as Record<string, unknown>,
    body: request.body instanceof FieldMap ? undefined : request.body,
    form: request.body instanceof FieldMap ? request.body : NO_FORM,
    uploads: {},
    headers: request.headers,
    cookies: ownCookies(ctx, request.cookies),
    ip: clientAddress(request),
    get isLocal() {
      return isLocal(ctx.app.config, request)
    },
    wantsJson: wantsJson(request),
  }
}

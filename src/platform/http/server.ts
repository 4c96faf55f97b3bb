import { randomUUID } from 'node:crypto'
import { createServer as createHttpServer } from './node-http.ts'
import cookie from '@fastify/cookie'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import swagger from '@fastify/swagger'
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { App } from '../app.ts'
import type { Ctx } from '../context.ts'
import { fail } from '../problem.ts'
import { href } from '../html/href.ts'
import { errorForLog } from '../log.ts'
import { Busy } from '../turns.ts'
import { addBodyParsers, MAX_BODY_BYTES } from './body.ts'
import { addHealthRoutes } from './health.ts'
import { inTurns } from './in-turns.ts'
import { mountRoute, requestContext } from './mount.ts'
import { liveStreams } from './live.ts'
import { methodsByAddress, pageAbove } from './methods.ts'
import { openApiOptions } from './openapi.ts'
import { trustedProxies } from './trusted-proxies.ts'
import { answerUnreadable, refusesHosts } from './unreadable.ts'
import { pageCache } from './page-cache.ts'
import { details, violationWords, type Violation } from './details.ts'
import { problemTexts } from './problems.ts'
import { Refusal } from './refusal.ts'
import { clientAddress, requestLocale, routeOf, withoutLanguagePrefix } from './request.ts'
import { isForeign, securityHeaders } from './security.ts'
import { sendProblem, type Senders } from './send.ts'
import { watchBody } from './slow-bodies.ts'
import { compilersAtFirstUse } from './schema-compilers.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Set before any handler runs; null where no city has this host. */
    ctx: Ctx | null
    /** Kept by `clientAddress`; empty until it is asked for. */
    clientAddress: string
  }
}

/** How long the head of a request may take to arrive; its body is watched by `watchBody`. */
const HEADERS_TIMEOUT_MS = 60_000

/** The HTTP side of the program: everything that is the same for all routes happens here, in this order. */
export async function createServer(app: App, mayListen: () => boolean): Promise<FastifyInstance> {
  const senders: Senders = {
    app,
    problems: problemTexts(app),
    cache: pageCache(app.config.pageCacheSeconds),
    live: liveStreams(),
    headers: securityHeaders(app.config),
  }
  const server = fastify({
    logger: false,
    serverFactory: (listener, options) => {
      const begin = inTurns(
        (request, response) => {
          watchBody(request, response, app.config.bodyPatienceMs)
          listener(request, response)
        },
        (waiting) => app.waitingRequests.set(waiting),
      )
      // Node itself would refuse a request without a host, but without a word.
      const own = { headersTimeout: HEADERS_TIMEOUT_MS, requireHostHeader: false }
      return createHttpServer({ ...options, ...own }, (request, response) => {
        if (refusesHosts(request, response)) return
        if (senders.cache.serve(request, response)) app.keptPages.inc()
        else begin(request, response)
      })
    },
    trustProxy: trustedProxies(app.config.trustedProxies),
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: 0,
    connectionTimeout: 0,
    keepAliveTimeout: 65_000,
    forceCloseConnections: 'idle',
    genReqId: () => randomUUID(),
    rewriteUrl: withoutLanguagePrefix,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200 },
    // The first error and no more: with all of them 1 MB of wrong items became a reply of 49 MB and five seconds of work.
    schemaController: compilersAtFirstUse,
    ajv: { customOptions: { removeAdditional: false, allErrors: false, coerceTypes: 'array' } },
    clientErrorHandler: answerUnreadable,
    // Addresses that no route is asked for: `/%zz`.
    frameworkErrors: (error, request, reply) =>
      void handleError(senders, error as Error, request, reply.headers(senders.headers) as FastifyReply),
  })
  server.decorateRequest('ctx', null)
  server.decorateRequest('clientAddress', '')
  addMetrics(server, app)
  const methodsOf = methodsByAddress(server)
  closeIdleConnectionsWhileStopping(server)
  // Before the server waits for requests under way, which these would be for ever.
  server.addHook('preClose', (done) => {
    senders.live.close()
    done()
  })
  await server.register(cookie)
  addBodyParsers(server)
  server.addHook('onRequest', async (request, reply) => {
    void reply.headers(senders.headers)
    if (request.url.includes('\0') || /%00/.test(request.url)) throw new Refusal(fail('bad-request'))
    request.ctx = await requestContext(app, request)
    if (isForeign(request)) throw new Refusal(fail('foreign-origin'))
  })
  await server.register(rateLimit, {
    global: true,
    max: app.config.requestsPerMinute,
    timeWindow: 60_000,
    keyGenerator: (request) => request.ctx?.device?.id ?? request.ctx?.account?.id ?? clientAddress(request),
    allowList: (request) =>
      request.url.startsWith('/assets/') || request.url === '/healthz' || request.url === '/readyz',
    errorResponseBuilder: () => new Refusal(fail('too-many-requests')),
  })
  await server.register(swagger, openApiOptions(app))

  server.setErrorHandler((error, request, reply) => handleError(senders, error as Error, request, reply))
  // Whoever tries addresses is counted like whoever opens pages.
  server.setNotFoundHandler({ preHandler: server.rateLimit() }, (request, reply) => {
    const path = request.url.split('?', 1)[0]!
    const methods = request.ctx ? methodsOf(path) : []
    if (methods.length === 0) return sendProblem(senders, request, reply, fail('not-found'))
    if (request.method === 'GET' && !path.startsWith('/api/')) {
      const page = pageAbove(path, methodsOf)
      if (page) return reply.redirect(href(request.ctx!, page), 303)
    }
    const refusal = fail('method-not-allowed', { says: details.otherMethods(methods) })
    return sendProblem(senders, request, reply.header('allow', methods.join(', ')), refusal)
  })

  addHealthRoutes(server, app, mayListen)
  addAssetRoute(server, app, senders)
  const routes = app.modules.flatMap((module) => module.routes ?? [])
  for (const route of routes) if (!route.uploads) mountRoute(server, senders, route)
  // In a scope of its own: what reads files has hooks, which cost every request of whoever sends none.
  await server.register(async (scope) => {
    await scope.register(multipart)
    for (const route of routes) if (route.uploads) mountRoute(scope, senders, route)
  })
  addProblemRoute(server, senders)
  server.get('/api/v1/openapi.json', { schema: { hide: true } }, () => server.swagger())
  return server
}

/** A connection that becomes idle during a stop would be kept for its 65 s; the stop would wait for it. */
function closeIdleConnectionsWhileStopping(server: FastifyInstance): void {
  server.addHook('preClose', (done) => {
    const timer = setInterval(() => server.server.closeIdleConnections(), 50)
    server.server.once('close', () => clearInterval(timer))
    done()
  })
}

function addAssetRoute(server: FastifyInstance, app: App, senders: Senders): void {
  server.get<{ Params: { '*': string } }>('/assets/*', { schema: { hide: true } }, async (request, reply) => {
    const tenant = request.ctx?.tenant
    const found = tenant && app.assets.serve(request.params['*'], tenant, request.headers['accept-encoding'])
    if (!found) return sendProblem(senders, request, reply, fail('not-found'))
    return reply.headers(found.headers).send(found.body)
  })
}

/** The `type` of a problem document leads here: what it means, in both languages. */
function addProblemRoute(server: FastifyInstance, senders: Senders): void {
  server.get<{ Params: { type: string } }>('/api/v1/problems/:type', { schema: { hide: true } }, (request, reply) => {
    const words = senders.problems.get(request.params.type)
    if (!words) return sendProblem(senders, request, reply, fail('not-found'))
    return reply.send({ type: `/api/v1/problems/${request.params.type}`, ...words })
  })
}

function addMetrics(server: FastifyInstance, app: App): void {
  server.addHook('onResponse', (request, reply, done) => {
    // A stream lasts as long as somebody looks.
    if (routeOf(request)?.kind === 'live') return done()
    const route = request.routeOptions.url ?? 'none'
    app.requestSeconds.observe(
      { method: request.method, route, status: `${Math.floor(reply.statusCode / 100)}xx` },
      reply.elapsedTime / 1000,
    )
    if (reply.statusCode >= 500 || reply.elapsedTime > 1000)
      app.log.warn(
        {
          request: request.id,
          route,
          method: request.method,
          status: reply.statusCode,
          ms: Math.round(reply.elapsedTime),
        },
        reply.statusCode >= 500 ? 'request failed' : 'slow request',
      )
    done()
  })
}

/** Fastify's own errors, by their code, as problems of this program. */
const KNOWN_ERRORS: Readonly<Record<string, string>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media-type',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'bad-request',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'bad-request',
  FST_REQ_FILE_TOO_LARGE: 'too-large',
  FST_FILES_LIMIT: 'too-large',
  FST_PARTS_LIMIT: 'too-large',
  FST_FIELDS_LIMIT: 'too-large',
  FST_INVALID_MULTIPART_CONTENT_TYPE: 'unsupported-media-type',
  FST_ERR_BAD_URL: 'bad-request',
}

interface CarriesCode extends Error {
  code?: string
  statusCode?: number
  validation?: (Violation & { instancePath: string })[]
}

function handleError(senders: Senders, error: CarriesCode, request: FastifyRequest, reply: FastifyReply) {
  if (error instanceof Refusal) return sendProblem(senders, request, reply, error.failure)
  if (error instanceof Busy) return sendProblem(senders, request, reply, fail('busy'))
  if (error.validation) {
    const locale = request.ctx?.locale ?? requestLocale(request)
    const fields = Object.fromEntries(
      error.validation.map((v) => [
        (v.instancePath || `/${v.params?.['missingProperty'] ?? v.params?.['additionalProperty'] ?? ''}`).slice(1),
        violationWords(v, locale),
      ]),
    )
    return sendProblem(senders, request, reply, fail('bad-request', { fields }))
  }
  const known = error.code === undefined ? undefined : KNOWN_ERRORS[error.code]
  if (known !== undefined) return sendProblem(senders, request, reply, fail(known))
  // A multipart body that ends early or has no boundary: the parser's error has no code.
  if (
    request.headers['content-type']?.startsWith('multipart/') === true &&
    /multipart|form|boundary|part|terminated/i.test(error.message)
  )
    return sendProblem(senders, request, reply, fail('bad-request', { says: details.brokenMultipart }))
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500)
    return sendProblem(senders, request, reply, fail('bad-request'))
  senders.app.log.error({ request: request.id, error: errorForLog(error) }, 'unexpected error')
  return sendProblem(senders, request, reply, fail('internal-error'))
}

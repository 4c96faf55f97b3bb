import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../app.ts'
import type { Ctx } from '../context.ts'
import { errorPage } from '../html/error-page.ts'
import { href } from '../html/href.ts'
import { outOfServicePage } from '../html/out-of-service-page.ts'
import { plainErrorPage } from '../html/plain-error-page.ts'
import { texts } from '../html/texts/index.ts'
import type { ProblemText } from '../module.ts'
import type { Failure } from '../problem.ts'
import { bearerOf } from './bearer.ts'
import { cookieHeader } from './cookies.ts'
import type { LiveStreams } from './live.ts'
import type { PageCache } from './page-cache.ts'
import { answeredAs, PROBLEM_KIND } from './problems.ts'
import type { Cookie, Reply } from './reply.ts'
import type { Route } from './route.ts'
import { requestLocale, routeOf, wantsJson } from './request.ts'

export interface Senders {
  readonly app: App
  readonly problems: ReadonlyMap<string, ProblemText>
  readonly cache: PageCache
  readonly live: LiveStreams
  /** On every reply. */
  readonly headers: Readonly<Record<string, string>>
}

const HTML = 'text/html; charset=utf-8'

export async function sendReply(
  senders: Senders,
  ctx: Ctx,
  request: FastifyRequest,
  reply: FastifyReply,
  answer: Reply,
  route: Route,
): Promise<FastifyReply> {
  switch (answer.type) {
    case 'html':
      return sendHtml(senders, ctx, request, reply, answer, route)
    case 'redirect':
      setCookies(ctx, reply, answer.cookies)
      return reply.redirect(localPath(ctx, answer.to), 303)
    case 'json':
      return reply
        .code(answer.status)
        .headers(answer.headers ?? {})
        .header('cache-control', 'no-store')
        .type('application/json; charset=utf-8')
        .send(answer.text)
    case 'problem':
      return sendProblem(senders, request, reply, answer.failure)
    case 'live': {
      const refused = await senders.live.open(request, reply, answer, senders.headers, route.access)
      return refused ? sendProblem(senders, request, reply, refused) : reply
    }
    case 'file':
      return reply
        .type(answer.kind)
        .header('cache-control', 'private, no-store')
        .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox")
        .header('content-disposition', disposition(answer.inline, answer.name))
        .send(answer.body)
  }
}

async function sendHtml(
  senders: Senders,
  ctx: Ctx,
  request: FastifyRequest,
  reply: FastifyReply,
  answer: Extract<Reply, { type: 'html' }>,
  route: Route,
): Promise<FastifyReply> {
  setCookies(ctx, reply, answer.cookies)
  const text = String(await answer.html)
  const keep = route.cache === 'public' && !ctx.account && answer.status === 200 && !answer.cookies?.length
  if (keep) {
    const headers = {
      ...senders.headers,
      'content-type': HTML,
      'cache-control': 'public, max-age=0, must-revalidate',
      vary: 'cookie, accept-encoding',
    }
    senders.cache.keep(request.raw, text, headers)
    return reply.headers(headers).send(text)
  }
  return reply.code(answer.status).type(HTML).header('cache-control', 'no-store').send(text)
}

function setCookies(ctx: Ctx, reply: FastifyReply, cookies: readonly Cookie[] | undefined): void {
  if (cookies?.length)
    void reply.header(
      'set-cookie',
      cookies.map((cookie) => cookieHeader(ctx, cookie)),
    )
}

/** Redirects stay in this city; anything else is a mistake of the program, never a person's choice. */
function localPath(ctx: Ctx, to: string): string {
  if (!/^\/(?![/\\\t])/.test(to)) throw new Error('redirect to something that is no local path')
  return /^\/en(?:[/?#]|$)/.test(to) ? to : href(ctx, to)
}

/** German letters as German writes them without. */
const AS_LETTERS: Readonly<Record<string, string>> = { Ä: 'Ae', Ö: 'Oe', Ü: 'Ue', ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' }

/** RFC 6266, with the name in UTF-8 (RFC 5987) and a plain one for old clients. */
function disposition(inline: boolean, name: string): string {
  const plain = name
    .replaceAll(/[ÄÖÜäöüß]/g, (letter) => AS_LETTERS[letter]!)
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\w. -]/g, '_')
  return `${inline ? 'inline' : 'attachment'}; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`
}

/** The one place where a problem becomes a status, a page in the person's language, or an RFC 9457 document. */
export async function sendProblem(
  senders: Senders,
  request: FastifyRequest,
  reply: FastifyReply,
  failure: Failure<string>,
): Promise<FastifyReply> {
  const { ctx } = request
  const { problem, words: own } = answeredAs(failure.problem, request)
  const words = own ?? senders.problems.get(problem) ?? senders.problems.get('internal-error')!
  const locale = ctx?.locale ?? requestLocale(request)
  if (!senders.problems.has(failure.problem))
    senders.app.log.error({ problem: failure.problem }, 'problem without words')
  void reply.code(words.status).header('cache-control', 'no-store')
  if (words.status === 503) void reply.header('retry-after', failure.problem === 'busy' ? 5 : 60)
  if (failure.retryAfter !== undefined) void reply.header('retry-after', failure.retryAfter)
  if (words.status === 401)
    void reply.header('www-authenticate', bearerOf(request) === undefined ? 'Bearer' : 'Bearer error="invalid_token"')
  if (wantsJson(request))
    return reply.type(PROBLEM_KIND).send(
      JSON.stringify({
        type: `/api/v1/problems/${problem}`,
        title: words.title[locale],
        status: words.status,
        detail: failure.says?.[locale] ?? failure.detail ?? words.advice[locale],
        instance: request.id,
        ...(failure.fields
          ? {
              errors: Object.entries(failure.fields).map(([field, message]) => ({
                pointer: `#/${field}`,
                detail: message,
              })),
            }
          : {}),
      }),
    )
  const view = { status: words.status, title: words.title[locale], advice: words.advice[locale], requestId: request.id }
  const markup = !ctx
    ? plainErrorPage(view)
    : isInHall(ctx, request)
      ? outOfServicePage(ctx, { why: view.title, requestId: view.requestId })
      : errorPage(ctx, problem === 'sign-in-required' ? { ...view, action: signInAgain(ctx, request) } : view)
  return reply.type(HTML).send(String(markup))
}

/** Whoever pressed a button after their session had ended goes on at the page on which it stands. */
function signInAgain(ctx: Ctx, { headers, host }: FastifyRequest) {
  const from = URL.parse(headers.referer ?? '')
  const next = from?.host === host ? `?next=${encodeURIComponent(from!.pathname + from!.search)}` : ''
  return { label: texts(ctx).signIn, href: href(ctx, `/anmelden${next}`) }
}

/** A page of devices, and nobody signed in who could look at it: whoever stands there has no use for the portal's menu. */
const isInHall = (ctx: Ctx, request: FastifyRequest): boolean =>
  ctx.account === null && routeOf(request)?.access.who === 'device'

import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import type { App } from '#platform/app.ts'
import type { Ctx } from '#platform/context.ts'
import { jobContext } from '#platform/job-context.ts'
import type { Tenant } from '#platform/tenants/tenant.ts'

export interface Asking {
  /** Mail address of the account that asks. */
  readonly as?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Further cookies. */
  readonly cookies?: Readonly<Record<string, string>>
}

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
  readonly bytes: Buffer
  /** Where a redirect leads; '' where there is none. */
  readonly location: string
  readonly cookies: Readonly<Record<string, string>>
  json(): any
}

export type Fields = Readonly<Record<string, string | readonly string[]>>

export interface FormFile {
  readonly field: string
  readonly name: string
  readonly content: Buffer | string
}

/** One municipality, as its people reach it. */
export interface CityHandle {
  readonly tenant: Tenant
  ctx(asking?: Pick<Asking, 'as'>): Promise<Ctx>
  get(path: string, asking?: Asking): Promise<Answer>
  /** As `get`, for a link that holds a code: it becomes a cookie, and the page is where that leads. */
  open(path: string, asking?: Asking): Promise<Answer>
  /** Submits a form. */
  post(path: string, fields?: Fields, asking?: Asking): Promise<Answer>
  /** Submits a multipart form. */
  upload(path: string, files: readonly FormFile[], fields?: Fields, asking?: Asking): Promise<Answer>
  /** Calls a JSON operation; `as` goes as a bearer token. */
  json(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
    asking?: Asking,
  ): Promise<Answer>
  /** A session cookie of the account, for a browser. */
  sessionOf(email: string): Promise<{ cookie: string; bearer: string }>
}

export function handleOf(app: App, server: FastifyInstance, tenant: Tenant, host: string): CityHandle {
  const sessions = new Map<string, Promise<{ cookie: string; bearer: string }>>()
  const open = app.modules.find((module) => module.openSession)?.openSession

  const sessionOf = (email: string) => {
    let session = sessions.get(email)
    if (!session) {
      if (!open) throw new Error('no module opens sessions')
      sessions.set(email, (session = open(jobContext(app, tenant), email)))
    }
    return session
  }

  const send = async (options: InjectOptions, asking: Asking, bearer = false): Promise<Answer> => {
    const session = asking.as === undefined ? null : await sessionOf(asking.as)
    const cookies = { ...asking.cookies, ...(session && !bearer ? { rathaus_session: session.cookie } : {}) }
    const response = await server.inject({
      ...options,
      headers: {
        host,
        ...(options.headers as Record<string, string>),
        ...(session && bearer ? { authorization: `Bearer ${session.bearer}` } : {}),
        ...asking.headers,
      },
      cookies,
    })
    return answerOf(response)
  }

  const urlencoded = (fields: Fields) => {
    const body = new URLSearchParams()
    for (const [name, value] of Object.entries(fields))
      for (const one of [value].flat()) body.append(name, one as string)
    return body.toString()
  }

  const get: CityHandle['get'] = (path, asking = {}) => send({ method: 'GET', url: path }, asking)

  return {
    tenant,
    sessionOf,
    ctx: async ({ as } = {}) => {
      const ctx = jobContext(app, tenant)
      if (as === undefined) return ctx
      const account = await app.authenticate!(ctx, { cookie: (await sessionOf(as)).cookie, bearer: undefined })
      return { ...ctx, account }
    },
    get,
    open: async (path, asking = {}) => {
      const first = await get(path, asking)
      const isCode = first.status === 303 && Object.keys(first.cookies).length > 0
      return isCode ? get(first.location, { ...asking, cookies: { ...asking.cookies, ...first.cookies } }) : first
    },
    post: (path, fields = {}, asking = {}) =>
      send(
        {
          method: 'POST',
          url: path,
          payload: urlencoded(fields),
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
        },
        asking,
      ),
    upload: (path, files, fields = {}, asking = {}) => {
      const boundary = 'rathaus-test-boundary'
      const parts: Buffer[] = []
      for (const [name, value] of Object.entries(fields))
        for (const one of [value].flat())
          parts.push(
            Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${one as string}\r\n`),
          )
      for (const file of files)
        parts.push(
          Buffer.from(
            `--${boundary}\r\ncontent-disposition: form-data; name="${file.field}"; filename="${file.name}"\r\ncontent-type: application/octet-stream\r\n\r\n`,
          ),
          Buffer.from(file.content),
          Buffer.from('\r\n'),
        )
      parts.push(Buffer.from(`--${boundary}--\r\n`))
      const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` }
      return send(
        { method: 'POST', url: path, payload: Buffer.concat(parts), headers },
        asking,
        path.startsWith('/api/'),
      )
    },
    json: (method, path, body, asking = {}) =>
      send(
        {
          method,
          url: path,
          ...(body === undefined
            ? {}
            : { payload: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
        },
        asking,
        true,
      ),
  }
}

function answerOf(response: LightMyRequestResponse): Answer {
  const location = response.headers.location
  return {
    status: response.statusCode,
    headers: response.headers as Answer['headers'],
    body: response.body,
    bytes: response.rawPayload,
    location: typeof location === 'string' ? location : '',
    cookies: Object.fromEntries(response.cookies.map((cookie) => [cookie.name, cookie.value])),
    json: () => response.json(),
  }
}

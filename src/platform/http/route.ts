import type { Static, TObject, TSchema } from '../schema.ts'
import type { Ctx } from '../context.ts'
import type { Permission } from '../auth/principal.ts'
import type { Upload, UploadRule } from '../files/files.ts'
import type { Reply } from './reply.ts'

/**
 * Who may call a route. There is no default: a route without an answer does not compile.
 * - `public`: everybody. `citizen`: anybody signed in. `staff`: staff with the permission in at least one unit
 *   (which rows they see is the store's predicate); `staff` with `null`: any member of staff.
 * - `device`: a machine of one of these kinds, known by its key (`ctx.device`); staff with `orStaff`, too.
 * - `secret`: whoever holds the code or token in the request, which the handler checks; `why` says which.
 */
export type Access =
  | { readonly who: 'public' }
  | { readonly who: 'citizen' }
  | { readonly who: 'staff'; readonly permission: Permission | null }
  | { readonly who: 'device'; readonly kinds: readonly string[]; readonly orStaff: Permission | null }
  | { readonly who: 'secret'; readonly why: string }

export const everybody: Access = { who: 'public' }
export const signedIn: Access = { who: 'citizen' }
export const staff = (permission: Permission | null): Access => ({ who: 'staff', permission })
export const deviceOfKind = (kinds: readonly string[], orStaff: Permission | null = null): Access => ({
  who: 'device',
  kinds,
  orStaff,
})
export const holderOf = (why: string): Access => ({ who: 'secret', why })

/** What every handler gets. Shapes come from the route's schemas. */
export interface Req<P = Record<string, string>, Q = Record<string, unknown>, B = unknown> {
  readonly method: string
  /** Path and query as the person sees them, language prefix included. */
  readonly url: string
  readonly params: P
  readonly query: Q
  readonly body: B
  /** Fields of a submitted HTML form as they were typed; repeated names give several values. */
  readonly form: FormFields
  /** Files of a multipart form, by field name, already hashed and typed; only where the route allows uploads. */
  readonly uploads: Readonly<Record<string, readonly Upload[]>>
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly cookies: Readonly<Record<string, string | undefined>>
  /** Client address (of IPv6 its network), behind trusted proxies only taken from X-Forwarded-For. */
  readonly ip: string
  /** Whether the client runs on this machine; never so behind a proxy that is not trusted to say whom it serves. */
  readonly isLocal: boolean
  /** Whether the client asked for JSON and not for a page. */
  readonly wantsJson: boolean
}

export interface FormFields {
  /** First value, trimmed of nothing; '' where the field is absent. */
  get(name: string): string
  all(name: string): readonly string[]
  has(name: string): boolean
  names(): readonly string[]
  entries(): readonly (readonly [string, string])[]
}

export type { Upload, UploadRule }

/** What a field of a multipart form may hold; null: no files. Asked before the file is read. */
type UploadRules<P> = (ctx: Ctx, req: Req<P>, field: string) => Promise<UploadRule | null> | UploadRule | null

export interface Route {
  readonly kind: 'page' | 'action' | 'api' | 'live'
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Fastify path: `/leistungen/:slug`. Pages are also served under `/en`. */
  readonly path: string
  readonly access: Access
  readonly params?: TSchema
  readonly query?: TSchema
  readonly body?: TSchema
  /** For JSON operations: status → schema of the reply, for the OpenAPI document. */
  readonly replies?: Readonly<Record<number, TSchema>>
  readonly alsoReads?: AlsoReads
  /** Whether an Idempotency-Key makes it safe to send it again: answered once, see `answers.ts`. Never with files. */
  readonly repeatable?: true
  readonly summary?: string
  readonly tags?: readonly string[]
  readonly handle: (ctx: Ctx, req: Req<any, any, any>) => Promise<Reply> | Reply
  readonly examples?: Examples
  readonly cache?: 'public'
  readonly uploads?: UploadRules<any>
  /** Requests per minute from one address (or account, where signed in); otherwise the platform's default. */
  readonly perMinute?: number
  /** Fields and items of a JSON body; otherwise as many as a form may have. Not for everybody: they are read at once. */
  readonly mostValues?: number
}

/** For the OpenAPI document: what an operation's handler reads and checks by itself, with words of its own. */
export interface AlsoReads {
  readonly headers?: TObject
  readonly body?: TSchema
}

/**
 * Addresses under which a page can be seen in the demo city, for the tests that visit every page (axe, html-validate).
 * A path without parameters is its own example; `as` says who looks, where the page needs somebody.
 */
export type Examples = (ctx: Ctx) => Promise<readonly string[]> | readonly string[]

type In<S, D> = S extends TSchema ? Static<S> : D

/** A page that is read: GET, HTML. Every page that has parameters names examples. */
export function page<P extends TObject | undefined = undefined, Q extends TObject | undefined = undefined>(route: {
  path: string
  access: Access
  params?: P
  query?: Q
  /** Needed where the path has parameters. */
  examples?: Examples
  /** `public`: the same for everybody who is not signed in, and so kept for a moment in memory. */
  cache?: 'public'
  handle: (ctx: Ctx, req: Req<In<P, Record<string, string>>, In<Q, Record<string, unknown>>>) => Promise<Reply> | Reply
}): Route {
  return { kind: 'page', method: 'GET', ...route } as Route
}

/** A stream of what a page shows, for its script; answers with `liveReply`. */
export function live<P extends TObject | undefined = undefined>(route: {
  path: string
  access: Access
  params?: P
  handle: (ctx: Ctx, req: Req<In<P, Record<string, string>>>) => Promise<Reply> | Reply
}): Route {
  // All screens and telephones in one office may share an address, and come again at once after the network was gone.
  return { kind: 'live', method: 'GET', perMinute: 3_000, ...route } as Route
}

/** What a person sends from a page: POST of a form. Answers with a redirect (303), or the page again with its errors. */
export function action<P extends TObject | undefined = undefined>(route: {
  path: string
  access: Access
  params?: P
  uploads?: UploadRules<In<P, Record<string, string>>>
  perMinute?: number
  handle: (ctx: Ctx, req: Req<In<P, Record<string, string>>>) => Promise<Reply> | Reply
}): Route {
  return { kind: 'action', method: 'POST', ...route } as Route
}

/** A field that nobody reads is a typing error, and what it was to say would be missing. */
const closed = (body: TSchema): TSchema =>
  'properties' in body && Object.keys(body.properties as object).length > 0
    ? { additionalProperties: false, ...body }
    : body

/**
 * A JSON operation under `/api/v1`, with its place in the OpenAPI document. Its body takes the fields that are named, and
 * others only where the schema says `additionalProperties: true`.
 */
export function api<
  P extends TObject | undefined = undefined,
  Q extends TObject | undefined = undefined,
  B extends TSchema | undefined = undefined,
>(route: {
  method: Route['method']
  path: string
  access: Access
  summary: string
  tags: readonly string[]
  params?: P
  query?: Q
  body?: B
  alsoReads?: AlsoReads
  repeatable?: true
  mostValues?: number
  replies: Readonly<Record<number, TSchema>>
  uploads?: UploadRules<In<P, Record<string, string>>>
  perMinute?: number
  handle: (
    ctx: Ctx,
    req: Req<In<P, Record<string, string>>, In<Q, Record<string, unknown>>, In<B, unknown>>,
  ) => Promise<Reply> | Reply
}): Route {
  return { kind: 'api', ...route, ...(route.body ? { body: closed(route.body) } : {}) } as Route
}

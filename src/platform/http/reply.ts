import type { Readable } from 'node:stream'
import type { Failure } from '../problem.ts'
import type { Html } from '../html/html.ts'

/** What a handler answers. `platform/http` alone turns it into bytes and headers. */
export type Reply =
  | {
      readonly type: 'html'
      readonly html: Html | Promise<Html>
      readonly status: number
      readonly cookies?: readonly Cookie[]
    }
  | { readonly type: 'redirect'; readonly to: string; readonly cookies?: readonly Cookie[] }
  | {
      readonly type: 'json'
      readonly text: string
      readonly status: number
      readonly headers?: Readonly<Record<string, string>>
    }
  | { readonly type: 'problem'; readonly failure: Failure<string> }
  | { readonly type: 'live'; readonly start: LiveStart }
  | {
      readonly type: 'file'
      readonly body: Readable | Buffer | string
      /** Media type. */
      readonly kind: string
      readonly name: string
      /** `true` only for what cannot hold active content. */
      readonly inline: boolean
    }

/** Calls `show` with what holds now and again with each change, until what it returns is called. */
export type LiveStart = (show: (content: string) => void) => Promise<() => void>

export interface Cookie {
  readonly name: string
  /** null deletes it. */
  readonly value: string | null
  /** Seconds; absent: until the browser closes. */
  readonly maxAge?: number
}

export const htmlPage = (
  html: Html | Promise<Html>,
  more: { status?: number; cookies?: readonly Cookie[] } = {},
): Reply => ({
  type: 'html',
  html,
  status: more.status ?? 200,
  cookies: more.cookies,
})

/** 303 See Other, to a path of this city (`/konto`); the language prefix is added. Never to a foreign host, see `leaveTo`. */
export const redirect = (to: string, cookies?: readonly Cookie[]): Reply => ({ type: 'redirect', to, cookies })

export const jsonReply = (value: unknown, status = 200, headers?: Readonly<Record<string, string>>): Reply => ({
  type: 'json',
  text: JSON.stringify(value),
  status,
  headers,
})

const written = new WeakMap<object, string>()

/** As `jsonReply`, for what many ask at once: written out once for each `source`, which never changes. */
export function jsonOnce<T extends object>(source: T, valueOf: (source: T) => unknown): Reply {
  let text = written.get(source)
  if (text === undefined) written.set(source, (text = JSON.stringify(valueOf(source))))
  return { type: 'json', text, status: 200 }
}

export const problem = (failure: Failure<string>): Reply => ({ type: 'problem', failure })

export const fileReply = (file: Omit<Extract<Reply, { type: 'file' }>, 'type'>): Reply => ({ type: 'file', ...file })

/** Server-sent events: each says the whole of what is to be shown, as `live.ts` explains. */
export const liveReply = (start: LiveStart): Reply => ({ type: 'live', start })

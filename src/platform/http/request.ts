import type { IncomingMessage } from 'node:http'
import { normalizeIP } from '@fastify/rate-limit'
import type { FastifyRequest } from 'fastify'
import type { Config } from '../config.ts'
import type { Locale } from '../i18n/locale.ts'
import type { Route } from './route.ts'

/**
 * Who asks, for limits; looked for once a request, which behind proxies takes a while. Whoever has one address of IPv6 has
 * the 2^64 of its network and could come with another one each time (RFC 6177): so the network counts.
 */
export function clientAddress(request: Pick<FastifyRequest, 'ip' | 'clientAddress'>): string {
  return (request.clientAddress ||= normalizeIP(request.ip))
}

const FORWARDED = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'] as const

/** Whoever comes through a tunnel or proxy that nobody told us of looks like this machine, and is not. */
export function isLocal(config: Pick<Config, 'trustedProxies'>, { ip, headers }: FastifyRequest): boolean {
  const isForwarded = FORWARDED.some((name) => headers[name] !== undefined)
  if (isForwarded && config.trustedProxies.length === 0) return false
  return ip === '::1' || /^(?:::ffff:)?127\./.test(ip)
}

/** As a module declared it; undefined for the platform's own addresses. */
export const routeOf = ({ routeOptions }: FastifyRequest): Route | undefined =>
  (routeOptions.schema as { 'x-route'?: Route } | undefined)?.['x-route']

const localeOf = new WeakMap<IncomingMessage, Locale>()

export const requestLocale = (request: FastifyRequest): Locale => localeOf.get(request.raw) ?? 'de'

/** Nobody reads more languages; a header may have 16 KB, and reading all of it would take 1 ms before limits count. */
const MOST_RANGES = 20

/** What a program would rather read (RFC 9110, section 12.5.4); German where it says nothing of both, or the same. */
export function languageOf(header: string): Locale {
  const weights: Record<string, number> = {}
  for (const range of header.toLowerCase().split(',', MOST_RANGES)) {
    const [, language, weight = '1'] = /^\s*(de|en|\*)(?:-[\w-]+)?\s*(?:;\s*q=([\d.]+)\s*)?$/.exec(range) ?? []
    if (language) weights[language] = Math.max(weights[language] ?? 0, Number(weight))
  }
  const { '*': others = 0, de = others, en = others } = weights
  return en > de ? 'en' : 'de'
}

/**
 * `/en/konto` is the English side of `/konto`: the prefix is taken off before routing.
 * Several slashes in front become one: pages link to their own path, and `//evil.example` would be another host.
 */
export function withoutLanguagePrefix(request: IncomingMessage): string {
  const url = oneSlash(request.url ?? '/')
  if (!/^\/en(?:[/?]|$)/.test(url)) return url
  localeOf.set(request, 'en')
  return oneSlash(url.slice(3))
}

const oneSlash = (path: string) => `/${path.replace(/^[/\\]+/, '')}`

/** Whoever does not ask for a stream gets one state of it, as a reply like any other. */
export const wantsStream = ({ method, headers }: Pick<FastifyRequest, 'method' | 'headers'>): boolean =>
  method !== 'HEAD' && headers.accept?.includes('text/event-stream') === true

/** A page answers with JSON where the client asks for that and not for HTML. */
export const wantsJson = (request: FastifyRequest) =>
  request.url.startsWith('/api/') ||
  (/\bjson\b/.test(request.headers.accept ?? '') && !/\bhtml\b/.test(request.headers.accept ?? ''))

import { expect } from 'vitest'

export interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly template: string
  /** Where it differs from the template. */
  readonly path?: string
  readonly as?: string
  readonly body?: unknown
  readonly headers?: Record<string, string>
}
type Said = { readonly status: number; readonly value: Record<string, any>; readonly wrong: unknown }
export type Calls = (call: Call) => Promise<Said>
type Asked = Omit<Call, 'template'> & {
  readonly params?: Record<string, string>
  /** What stands behind the path. */
  readonly query?: string
}

/** Calls with the names in the path filled in, and compares status and reply. */
export const asking =
  (call: Calls, prefix: string) =>
  async (
    status: number,
    path: string,
    { params = {}, query = '', ...more }: Asked = {},
  ): Promise<Record<string, any>> => {
    const template = `${prefix}${path}`
    const filled = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name]!))
    const reply = await call({ template, path: query === '' ? filled : `${filled}?${query}`, ...more })
    expect([template, reply.status, reply.wrong]).toEqual([template, status, []])
    return reply.value
  }

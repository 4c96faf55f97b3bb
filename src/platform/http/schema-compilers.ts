import { createRequire } from 'node:module'
import type AjvCompiler from '@fastify/ajv-compiler'
import type { FastifyServerOptions } from 'fastify'

type BuildValidator = ReturnType<typeof AjvCompiler>
type Compile = ReturnType<BuildValidator>
type Validate = ReturnType<Compile>

const require = createRequire(import.meta.url)

/** Fastify's own validators of parameters, queries and bodies. */
export const buildValidator: BuildValidator = (...settings) =>
  (require('@fastify/ajv-compiler') as typeof AjvCompiler)()(...settings)

/** JSON says itself what is a number, a text or a list; an address has nothing but text, of which the schema makes what it says. */
const strict = ([schemas, options]: Parameters<BuildValidator>): Parameters<BuildValidator> => [
  schemas,
  { ...options, customOptions: { ...options?.customOptions, coerceTypes: false } } as typeof options,
]

function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
}

/**
 * The same, each compiled when its first request comes: reading the compiler and compiling the schemas of all routes took
 * a start 0.4 s. A schema that does not compile is found by `openapi.test.ts`. Replies are shaped by their handlers.
 */
export const compilersAtFirstUse: NonNullable<FastifyServerOptions['schemaController']> = {
  compilersFactory: {
    buildValidator: (...settings: Parameters<BuildValidator>) => {
      const compilers = {
        strict: once(() => buildValidator(...strict(settings))),
        lax: once(() => buildValidator(...settings)),
      }
      return (...route: Parameters<Compile>) => {
        const isBody = (route[0] as { httpPart?: string }).httpPart === 'body'
        let compiled: Validate | undefined
        const validate = ((data) => {
          compiled ??= compilers[isBody ? 'strict' : 'lax']()(...route)
          const isValid = compiled(data)
          validate.errors = compiled.errors
          return isValid
        }) as Validate
        return validate
      }
    },
    buildSerializer: () => () => JSON.stringify,
  },
}

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

/**
 * The same, each compiled when its first request comes: reading the compiler and compiling the schemas of all routes took
 * a start 0.4 s. A schema that does not compile is found by `openapi.test.ts`. Replies are shaped by their handlers.
 */
export const compilersAtFirstUse: NonNullable<FastifyServerOptions['schemaController']> = {
  compilersFactory: {
    buildValidator: (...settings: Parameters<BuildValidator>) => {
      let compile: Compile | undefined
      return (...route: Parameters<Compile>) => {
        let compiled: Validate | undefined
        const validate = ((data) => {
          compile ??= buildValidator(...settings)
          compiled ??= compile(...route)
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

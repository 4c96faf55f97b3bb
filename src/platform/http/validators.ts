import AjvCompiler from '@fastify/ajv-compiler'
import type { FastifyServerOptions } from 'fastify'

type BuildValidator = ReturnType<typeof AjvCompiler>
type Compile = ReturnType<BuildValidator>
type Validate = ReturnType<Compile>

/** Fastify's own validators of parameters, queries and bodies. */
export const buildValidator = AjvCompiler()

/**
 * The same, each compiled when its first request comes: compiling those of all routes took a start a quarter of a
 * second. A schema that does not compile is found by `openapi.test.ts`.
 */
export const validatorsAtFirstUse: NonNullable<FastifyServerOptions['schemaController']> = {
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
  },
}

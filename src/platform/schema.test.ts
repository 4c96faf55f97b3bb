import { Type as TypeBox } from 'typebox'
import { expect, test } from 'vitest'
import { Type } from './schema.ts'

test('builders make the schemas that TypeBox makes', () => {
  const asJson = (T: typeof Type): unknown =>
    JSON.parse(
      JSON.stringify(
        T.Object(
          {
            name: T.String({ minLength: 1, pattern: '^[a-z]+$' }),
            state: T.Optional(
              T.Union([T.Literal('open'), T.Literal(1), T.Literal(true), T.Null()], { description: 'now' }),
            ),
            count: T.Optional(T.Integer({ minimum: 0 })),
            amounts: T.Array(T.Number(), { maxItems: 3 }),
            byName: T.Record(T.String({ pattern: '^x' }), T.Boolean(), { additionalProperties: false }),
            words: T.Record(T.String(), T.Unknown({ description: 'whatever' })),
            both: T.Intersect([T.Object({}), T.Object({ more: T.Any(), less: T.Optional(T.Object({})) })]),
            kind: T.Unsafe<string>({ enum: ['a', 'b'] }),
          },
          { additionalProperties: false },
        ),
      ),
    )
  expect(asJson(Type)).toEqual(asJson(TypeBox))
})

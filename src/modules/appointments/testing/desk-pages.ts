import { entriesOf } from '#platform/audit/trail.ts'
import type { Answer, CityHandle } from '#src/testing/handle.ts'
import { at, fieldsOn, LAURA, type Desk, type Typed } from './desk.ts'
import { timesOn } from './visitor.ts'

export const asLaura = { as: LAURA }

export const dayText = ({ day, month, year }: Temporal.PlainDate): string => `${day}.${month}.${year}`

/** What Laura does at her desk, and what can be seen of it. */
export function deskOf(city: CityHandle, desk: () => Desk) {
  const send = (to: string, fields: Typed, as = LAURA): Promise<Answer> => city.post(to, fields, { as })
  const rulePath = (): string => `/workbench/termine/regeln/${desk().rule.id}`
  return {
    send,
    rulePath,
    /** As the page shows it. */
    ruleForm: async (): Promise<Typed> => fieldsOn(await city.get(rulePath(), asLaura)),
    calendar: (day: Temporal.PlainDate, more = ''): Promise<Answer> =>
      city.get(`/workbench/termine/kalender?dienststelle=${desk().team.office}&tag=${day.toString()}${more}`, asLaura),
    audited: async (id: string): Promise<string[]> =>
      (await entriesOf(await city.ctx(), `appointment:${id}`, 100)).map(({ action }) => action).toReversed(),
    /** Of the first counter, from 8 to 10. */
    blockForm: async (monday: Temporal.PlainDate): Promise<Typed> => ({
      ...fieldsOn(await city.get(`/workbench/termine/sperren/neu?dienststelle=${desk().team.office}`, asLaura)),
      lane: `${desk().team.id}/public/1`,
      day: dayText(monday),
      from: '8',
      to: '10',
      reason: 'sick',
    }),
    isFree: async (monday: Temporal.PlainDate, time: string): Promise<boolean> => {
      const { service, team } = desk()
      const found = `/termine?service=${service}&office=${team.office}&from=${monday.toString()}&people=1`
      return timesOn(await city.get(found)).some((one) => one.startsWith(at(monday, time).toString()))
    },
  }
}

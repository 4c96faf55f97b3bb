import { expect, test } from 'vitest'
import { testCity } from '#src/testing/city.ts'
import { fieldsOn, freshDesk } from './testing/desk.ts'
import { asLaura, deskOf } from './testing/desk-pages.ts'

const city = await testCity({ seed: true })
const desk = await freshDesk(city)
const { send } = deskOf(city, () => desk)

/** What the preview says of the day before the clock goes forward. */
async function lastOfMarch(hours: string): Promise<string> {
  const add = `/workbench/termine/teams/${desk.team.id}/regeln/neu`
  const form = fieldsOn(await city.get(add, asLaura))
  const night = { weekdays: ['6'], hours, breaks: '', overMidnight: 'yes', next: 'preview' }
  const { body } = await send(add, { ...form, ...night })
  return /Samstag, 30\. März 2030[^]*?<\/tr>/.exec(body)![0]
}

test.each([
  ['22-2', '22:00 bis 03:00 Uhr am nächsten Tag', true],
  ['22-23:30', '22:00 bis 23:30 Uhr', false],
  ['22-24', '22:00 bis 00:00 Uhr', false],
])(
  'a rule says why its hours %s are other ones in the night in which the clock changes',
  async (hours, words, says) => {
    const said = await lastOfMarch(hours)
    expect(said).toContain(words)
    expect(said.includes('In dieser Nacht wird die Uhr umgestellt.')).toBe(says)
  },
)

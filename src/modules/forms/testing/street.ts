import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestCity } from '#src/testing/city.ts'

export const HOME = { street: 'Lindenstraße', houseNumber: '12a', postcode: '70999', place: 'Musterstadt' } as const

/** A street with three houses, for a city that has no addresses yet. */
export async function addStreet(city: TestCity): Promise<void> {
  const command = city.app.modules
    .flatMap((module) => module.commands ?? [])
    .find(({ name, verb }) => name === 'import' && verb === 'addresses')
  const folder = await mkdtemp(join(tmpdir(), 'street '))
  const file = join(folder, 'addresses.csv')
  const houses = ['12', '12a', '14'].map((number) => `${HOME.street};${number};${HOME.postcode};${HOME.place}`)
  await writeFile(file, ['street;housenumber;postcode;place', ...houses].join('\n'))
  await command?.run(await city.ctx(), [file], () => undefined)
  await rm(folder, { recursive: true })
}

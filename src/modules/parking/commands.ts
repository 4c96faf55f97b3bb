import { OperatorError } from '#platform/operator-error.ts'
import { readFile } from 'node:fs/promises'
import { zonesAsGeoJson } from './domain/zone.ts'
import { allZones } from './store/zones.ts'
import { refusalWords } from './views/import.ts'
import type { Ctx } from '#platform/context.ts'
import type { Command } from '#platform/module.ts'
import {
  importParkingAreas,
  importZoneAddresses as readZoneAddresses,
  importZones as readZones,
  type Imported,
} from './use-cases/import.ts'

const SHOWN_REFUSALS = 20

function command(verb: string, help: string, read: (ctx: Ctx, text: string) => Promise<Imported>): Command {
  return {
    name: 'import',
    verb,
    usage: 'FILE',
    help,
    run: async (ctx, [file], print) => {
      if (!file) throw new OperatorError(`bin/rathaus import ${verb} needs a file`)
      const { taken, refused } = await read(ctx, await readFile(file, 'utf8'))
      for (const refusal of refused.slice(0, SHOWN_REFUSALS))
        print(`left out: ${refusalWords({ locale: 'en' }, refusal)}`)
      if (refused.length > SHOWN_REFUSALS) print(`… and ${refused.length - SHOWN_REFUSALS} more`)
      print(`${taken} taken over, ${refused.length} left out`)
    },
  }
}

export const importAreas = command('parking-areas', 'parking bays with their rules from GeoJSON', importParkingAreas)
export const importZones = command('parking-zones', 'resident parking zones from GeoJSON', readZones)
export const importZoneAddresses = command(
  'parking-zone-addresses',
  'which house is in which zone, from CSV',
  readZoneAddresses,
)

export const exportZones: Command = {
  name: 'export',
  verb: 'parking-zones',
  usage: '',
  help: 'resident parking zones as GeoJSON, as `import parking-zones` reads them',
  run: async (ctx, _args, print) => print(JSON.stringify(zonesAsGeoJson(await allZones(ctx)), null, 1)),
}

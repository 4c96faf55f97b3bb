import { stringify } from 'csv-stringify/sync'
import type { Command } from '#platform/module.ts'
import * as store from './store.ts'

/** `bin/rathaus export addresses`: the list as CSV that `import addresses` reads. */
export const exportAddresses: Command = {
  name: 'export',
  verb: 'addresses',
  usage: '',
  help: 'streets and houses as CSV, as `import addresses` reads them',
  run: async (ctx, _args, print) => {
    const rows = (await store.allAddresses(ctx)).map(({ street, houseNumber, postcode, place, districtId, point }) => [
      street,
      houseNumber,
      postcode,
      place,
      districtId,
      ...(point ?? []),
    ])
    print(stringify([['street', 'houseNumber', 'postcode', 'place', 'district', 'lon', 'lat'], ...rows]).trimEnd())
  },
}

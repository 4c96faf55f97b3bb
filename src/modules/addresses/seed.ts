import type { Seed } from '#platform/module.ts'
import { musterstadt } from '#modules/musterstadt/public.ts'
import { parseHouseNumber } from './domain/house-number.ts'
import * as store from './store.ts'

export const seed: Seed = {
  run: async (ctx, progress) => {
    const city = musterstadt()
    for (const district of city.districts) await store.saveDistrict(ctx, district)
    await store.saveAddresses(
      ctx,
      city.addresses.map(({ houseNumber, ...address }) => ({
        ...address,
        ...parseHouseNumber(houseNumber)!,
        district: address.districtId,
      })),
      (done) => progress(done, city.addresses.length),
    )
  },
}

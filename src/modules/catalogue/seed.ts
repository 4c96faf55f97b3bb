import type { Seed } from '#platform/module.ts'
import { musterstadt } from '#modules/musterstadt/public.ts'
import { readDemoCatalogue, readGuests } from './demo/read.ts'
import { indexCatalogue } from './search-index.ts'
import { replaceOffices } from './store/offices.ts'
import { replaceServices } from './store/services.ts'

/** Ten offices and eighty service pages of Musterstadt. */
export const seed: Seed = {
  run: async (ctx, progress) => {
    const { topics, services } = await readDemoCatalogue()
    await replaceServices(ctx, topics, services)
    progress(1, 3)
    const guests = await readGuests()
    await replaceOffices(
      ctx,
      musterstadt().offices.map(({ id, unit, ...office }) => ({
        ...office,
        slug: id,
        units: [unit, ...(guests[id] ?? [])],
      })),
    )
    progress(2, 3)
    await indexCatalogue(ctx)
    progress(3, 3)
  },
}

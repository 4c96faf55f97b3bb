import type { Seed } from '#platform/module.ts'
import { musterstadt } from '#modules/musterstadt/public.ts'
import { insertResidents } from './store.ts'

export const seed: Seed = {
  run: (ctx, progress) => insertResidents(ctx, musterstadt().residents(), (done) => progress(done, 100_000)),
}

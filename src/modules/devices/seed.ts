import { offices } from '#modules/catalogue/public.ts'
import { random } from '#modules/musterstadt/public.ts'
import type { Seed } from '#platform/module.ts'
import type { DeviceKind } from './domain/device.ts'
import { addDevice } from './use-cases/manage.ts'

/** In each office a terminal and a screen; lockers and robots where many people come. */
const EVERYWHERE: readonly (readonly [DeviceKind, string])[] = [
  ['kiosk', 'Terminal am Eingang'],
  ['display', 'Anzeige Wartehalle'],
]
const MORE: Readonly<Record<string, readonly (readonly [DeviceKind, string])[]>> = {
  'buergerbuero-mitte': [
    ['kiosk', 'Terminal am Aufzug'],
    ['pickup', 'Abholterminal Foyer'],
    ['robot', 'Roboter Mika'],
  ],
  'buergerbuero-sued': [['pickup', 'Abholterminal Südstadt']],
  rathaus: [['robot', 'Infosäule am Markt']],
}

/** Nobody holds a key of them: who wants to try one gives it a link for setting up. */
export const seed: Seed = {
  run: async (ctx) => {
    const chance = random('devices')
    for (const { slug } of await offices(ctx))
      for (const [kind, name] of [...EVERYWHERE, ...(MORE[slug] ?? [])])
        await addDevice(ctx, { id: chance.uuid(), name, office: slug, kind })
  },
}

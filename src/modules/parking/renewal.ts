import { formPrefill, type FormPrefill } from '#modules/services/public.ts'
import { provide } from '#platform/extension.ts'
import { today } from '#platform/time/clock.ts'
import { ownPermit } from './store/permits.ts'
import { texts } from './texts/index.ts'

const SERVICE = 'resident-parking'

/** `/antrag/resident-parking?erneuern=<permit>`: the person's own permit begins the form for the next one. */
const renewal: FormPrefill = {
  prefill: async (ctx, slug, id) => {
    const permit = slug === SERVICE && ctx.account ? await ownPermit(ctx, id) : null
    if (!permit) return null
    const day = today(ctx.clock)
    const { givenName, familyName, birthDate, street, houseNumber, postcode, place, plate, until } = permit
    return {
      answers: {
        person: { givenName, familyName, ...(birthDate ? { birthDate: birthDate.toString() } : {}) },
        address: { street, houseNumber, postcode, place },
        vehicle: { plate },
        permit: { startDate: (Temporal.PlainDate.compare(until, day) < 0 ? day : until).toString() },
      },
      source: { de: texts({ locale: 'de' }).permits.renewalSource, en: texts({ locale: 'en' }).permits.renewalSource },
    }
  },
}

export const renewalPrefill = provide(formPrefill, 'erneuern', renewal)

import type { Answers } from '#modules/services/public.ts'
import type { Ctx } from '#platform/context.ts'
import { newId } from '#platform/db/id.ts'
import { openCase, type NewCase, type OpenedCase } from '../use-cases/open-case.ts'

/** Answers of a dog registration, as its form would give them. */
export const dogAnswers = (more: Readonly<Record<string, unknown>> = {}): Answers =>
  ({
    person: { givenName: 'Anna', familyName: 'Becker', birthDate: '1985-03-27' },
    address: { street: 'Uferstraße', houseNumber: '12', postcode: '70999', place: 'Musterstadt' },
    contact: { email: 'anna.becker@example.org' },
    dogsBefore: 0,
    dogs: [{ callName: 'Bello', breed: 'Pudel', kind: 'ordinary', chip: '276098106123456', acquiredOn: '2026-10-01' }],
    exemption: 'none',
    payBy: 'invoice',
    tax: 12000,
    truthful: true,
    ...more,
  }) as Answers

/** With a request for an exemption, which a clerk has to decide on. */
export const exemptAnswers = (): Answers =>
  dogAnswers({ exemption: 'rescue', exemptionReason: 'Rettungshund beim DRK' })

export const newDog = (more: Partial<NewCase> = {}): NewCase => ({
  service: 'dog-registration',
  version: 1,
  answers: dogAnswers(),
  files: [],
  applicant: { accountId: null, name: 'Anna Becker', email: 'anna.becker@example.org', locale: 'de' },
  idempotencyKey: newId(),
  channel: 'web',
  ...more,
})

export const openDog = (ctx: Ctx, more: Partial<NewCase> = {}): Promise<OpenedCase> => openCase(ctx, newDog(more))

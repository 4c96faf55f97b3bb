import { findAddress } from '#modules/addresses/public.ts'
import { handIn } from '#modules/cases/public.ts'
import { confirmResident } from '#modules/population/public.ts'
import { normalisePlate } from '#modules/services/public.ts'
import { audit } from '#platform/audit/audit.ts'
import type { Ctx } from '#platform/context.ts'
import { transaction } from '#platform/db/transaction.ts'
import { fail, ok, type Failure, type Result } from '#platform/problem.ts'
import { today } from '#platform/time/clock.ts'
import type { CertificateFile } from '../domain/certificate.ts'
import { canChange, type Permit } from '../domain/permit.ts'
import * as store from '../store/permits.ts'
import { zoneOfAddress } from '../store/zones.ts'
import { texts } from '../texts/index.ts'
import { replacePermit, type ChangeProblem } from './replace.ts'
import { tellHolder } from './tell-holder.ts'

export type Changed = Result<Permit, ChangeProblem | 'invalid-input' | 'unavailable'>

/**
 * Another car, for the time that is left. As at the application its registration certificate has to be there; it goes to
 * the documents of the case, whose unit sees that something new has come in. `seen`: a clerk has looked at it.
 */
export async function changePlate(
  ctx: Ctx,
  permit: Permit,
  typed: string,
  certificates: readonly CertificateFile[] | 'seen',
): Promise<Changed> {
  const t = texts(ctx).changes
  const plate = normalisePlate(typed)
  const errors = {
    ...(plate === null ? { plate: t.plateInvalid } : plate === permit.plate ? { plate: t.plateSame } : {}),
    ...(certificates !== 'seen' && certificates.length === 0 ? { certificate: t.certificateMissing } : {}),
  }
  if (plate === null || Object.keys(errors).length > 0) return wrong(errors)
  try {
    return await transaction(ctx, async (ctx) => {
      const changed = await replacePermit(ctx, permit, { plate }, { news: 'plate-changed', old: 'replaced' })
      if (changed.ok && certificates !== 'seen') await keep(ctx, permit, certificates)
      return changed
    })
  } catch (error) {
    if (error instanceof NotKept) return wrong({ certificate: t.certificateNotKept })
    throw error
  }
}

/** Thrown, so that the change is undone: without its certificate there is no new plate. */
class NotKept extends Error {}

async function keep(ctx: Ctx, { caseId }: Permit, certificates: readonly CertificateFile[]): Promise<void> {
  const ids = certificates.map(({ id }) => id)
  // The case may be erased by now, or full.
  if (caseId === null || !(await handIn(ctx, caseId, ids)).ok) throw new NotKept()
}

export interface NewHome {
  readonly street: string
  readonly houseNumber: string
}

/**
 * The holder has moved. Within the zone the permit stays as it is; in another zone a new one takes its place. The register must know
 * the new main residence, since nothing else gives a claim to the permit.
 */
export async function movePermit(ctx: Ctx, permit: Permit, home: NewHome): Promise<Changed> {
  const t = texts(ctx).changes
  const missing = {
    ...(home.street.trim() ? {} : { street: t.streetMissing }),
    ...(home.houseNumber.trim() ? {} : { houseNumber: t.houseNumberMissing }),
  }
  if (Object.keys(missing).length > 0) return wrong(missing)
  const address = await findAddress(ctx, home)
  if (!address) return wrong({ street: t.addressUnknown })
  if (permit.street === address.street && permit.houseNumber === address.houseNumber)
    return wrong({ street: t.addressSame })
  const zone = await zoneOfAddress(ctx, address.id)
  if (!zone) return wrong({ street: t.noZone })
  if (!canChange(permit, today(ctx.clock))) return fail('permit-not-valid')
  const confirmation = await confirmResident(
    ctx,
    { ...permit, birthDate: permit.birthDate!, address },
    `permit:${permit.id}`,
  )
  if (confirmation.outcome === 'unavailable' || confirmation.outcome === 'too-often') return fail('unavailable')
  if (confirmation.outcome !== 'confirmed' || !confirmation.mainResidence) return wrong({ street: t.notRegistered })
  return zone.letter === permit.zone
    ? moveWithinZone(ctx, permit, address)
    : replacePermit(ctx, permit, { zone: zone.letter, address }, { news: 'moved', old: 'replaced' })
}

async function moveWithinZone(
  ctx: Ctx,
  permit: Permit,
  address: Pick<Permit, 'street' | 'houseNumber' | 'postcode' | 'place'>,
): Promise<Changed> {
  const { street, houseNumber, postcode, place } = address
  const moved = { ...permit, street, houseNumber, postcode, place }
  await transaction(ctx, async (ctx) => {
    await store.moveWithinZone(ctx, permit.id, moved)
    await audit(ctx, {
      subject: `permit:${permit.line}`,
      action: 'parking.address-changed',
      data: { permitId: permit.id },
    })
    await tellHolder(ctx, moved, 'address-changed')
  })
  return ok(moved)
}

/** The printed permit is gone: a new number and code, the old ones are not valid from now on. */
export async function reportLoss(ctx: Ctx, permit: Permit): Promise<Changed> {
  return replacePermit(ctx, permit, {}, { news: 'lost', old: 'lost' })
}

const wrong = (fields: Record<string, string>): Failure<'invalid-input'> => fail('invalid-input', { fields })

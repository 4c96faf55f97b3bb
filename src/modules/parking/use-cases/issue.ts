import { randomBytes } from 'node:crypto'
import type { Ctx } from '#platform/context.ts'
import { newId } from '#platform/db/id.ts'
import { savepoint, transaction } from '#platform/db/transaction.ts'
import { audit } from '#platform/audit/audit.ts'
import { qrCodeSvg } from '#platform/html/qr-code.ts'
import { today } from '#platform/time/clock.ts'
import { newCheckCode } from '../check-code.ts'
import { permitPdf } from '../document/permit-pdf.ts'
import type { Holder, HolderAddress, Permit } from '../domain/permit.ts'
import { permitNumber } from '../domain/permit-number.ts'
import type { Period } from '../domain/period.ts'
import * as store from '../store/permits.ts'

/** What somebody applied for, once zone and time are known. */
export interface PermitWish extends Period {
  readonly plate: string
  readonly zone: string
  readonly holder: Holder
  readonly address: HolderAddress
}

/** Whose permit it becomes: from the case. */
export interface ForCase {
  readonly id: string
  readonly unit: string
  readonly applicant: { readonly accountId: string | null; readonly email: string; readonly locale: Permit['locale'] }
}

/** Another permit holds plate, zone and time. */
export class PermitTaken extends Error {
  override name = 'PermitTaken'
}

/**
 * Keeps plate, zone and time free for a case, so that of two applications at once one is told. Asked again for the same case, it
 * brings the reservation up to date. False where another permit is in the way.
 */
export async function reserve(ctx: Ctx, kase: ForCase, wish: PermitWish): Promise<boolean> {
  return transaction(ctx, async (ctx) => {
    const before = await store.reservationOf(ctx, kase.id)
    if (before && before.state !== 'reserved') return true
    try {
      await savepoint(ctx, async () => {
        await store.dropReservation(ctx, kase.id)
        await store.insertPermit(ctx, reservation(newId(), kase, wish))
      })
      return true
    } catch (error) {
      if (store.isTaken(error)) return false
      throw error
    }
  })
}

function reservation(id: string, kase: ForCase, wish: PermitWish): store.NewPermit {
  return {
    id,
    line: id,
    replaces: null,
    number: null,
    unit: kase.unit,
    zone: wish.zone,
    plate: wish.plate,
    from: wish.from,
    until: wish.until,
    state: 'reserved',
    ...wish.holder,
    ...wish.address,
    accountId: kase.applicant.accountId,
    email: kase.applicant.email,
    locale: kase.applicant.locale,
    caseId: kase.id,
    issuedAt: null,
    checkHash: null,
    fileId: null,
  }
}

export interface IssuedPermit {
  readonly permit: Permit
  readonly number: string
  readonly fileId: string
  readonly checkUrl: string
  readonly qrSvg: string
}

/**
 * Issues the permit of a case, from its reservation or, where a clerk overruled a finding, without one.
 * @throws PermitTaken where another permit holds plate, zone and time
 */
export async function issuePermit(ctx: Ctx, kase: ForCase, wish: PermitWish): Promise<IssuedPermit> {
  return transaction(ctx, async (ctx) => {
    if (!(await reserve(ctx, kase, wish))) throw new PermitTaken('plate, zone and time are taken by another permit')
    const reserved = (await store.reservationOf(ctx, kase.id))!
    if (reserved.state !== 'reserved') throw new Error('this case has its permit already')
    const printed = await print(ctx, { ...reserved, from: wish.from, until: wish.until })
    await store.issueReserved(ctx, reserved.id, { ...printed, from: wish.from, until: wish.until })
    await audit(ctx, {
      subject: `permit:${reserved.line}`,
      action: 'parking.permit-issued',
      data: { permitId: reserved.id, number: printed.number, zone: wish.zone, caseId: kase.id },
    })
    return { ...printed, permit: (await store.permitById(ctx, reserved.id))! }
  })
}

interface Printed {
  readonly number: string
  readonly checkHash: string
  readonly fileId: string
  readonly checkUrl: string
  readonly qrSvg: string
}

/** A new number, a new code and the permit as PDF, kept with the files. */
export function print(ctx: Ctx, permit: Permit): Promise<Printed> {
  return printAs(ctx, permit, permitNumber(today(ctx.clock).year, randomBytes(6)))
}

export async function printAs(ctx: Ctx, permit: Permit, number: string): Promise<Printed> {
  const { code, hash } = newCheckCode()
  const checkUrl = `${ctx.tenant.baseUrl}/parkausweis/pruefen/${code}`
  const qrSvg = await qrCodeSvg(checkUrl)
  const content = await permitPdf(ctx, { ...permit, number }, qrSvg)
  const file = await ctx.app.files.save(ctx, { name: `${number}.pdf`, content, owner: `permit:${permit.id}` })
  return { number, checkHash: hash, fileId: file.id, checkUrl, qrSvg }
}

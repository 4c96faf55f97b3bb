import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Ctx } from '#platform/context.ts'
import { formatShortDate } from '#platform/i18n/format.ts'
import { renderPdf } from '#platform/pdf/pdf.ts'
import { lastDay, type Permit } from '../domain/permit.ts'
import { texts } from '../texts/index.ts'

const TEMPLATE = readFileSync(join(import.meta.dirname, 'permit.typ'), 'utf8')

type Printed = Pick<Permit, 'zone' | 'zoneName' | 'plate' | 'from' | 'until'> & { readonly number: string }

/**
 * The permit as PDF/UA-1. Its labels are in German and English for everybody, since officers of the city read it; names do not
 * stand on it, since it lies where everybody can see it.
 */
export async function permitPdf(ctx: Ctx, permit: Printed, qrSvg: string): Promise<Buffer> {
  const t = texts({ locale: 'de' }).document
  return renderPdf({
    source: TEMPLATE,
    title: `${t.heading} ${permit.number}`,
    locale: 'de',
    data: {
      ...t,
      city: ctx.tenant.name,
      zone: permit.zone,
      zoneName: permit.zoneName,
      plate: permit.plate,
      number: permit.number,
      validFrom: formatShortDate({ locale: 'de' }, permit.from),
      validUntil: formatShortDate({ locale: 'de' }, lastDay(permit)),
      qrSvg,
    },
  })
}

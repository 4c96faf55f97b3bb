import { officesFor } from '#modules/catalogue/public.ts'
import { caseByNumber, mayRead, type Case } from '#modules/cases/public.ts'
import { devicesOfKind } from '#modules/devices/public.ts'
import { isMailAddress, isTelephone } from '#modules/notifications/public.ts'
import { may } from '#platform/auth/principal.ts'
import type { Ctx } from '#platform/context.ts'
import { newId } from '#platform/db/id.ts'
import { isId, queryText } from '#platform/http/query.ts'
import { htmlPage, redirect, type Reply } from '#platform/http/reply.ts'
import { action, page, staff, type Req, type Route } from '#platform/http/route.ts'
import { LONGEST, MANAGE } from '../domain/document.ts'
import { texts } from '../texts/index.ts'
import { announce } from '../use-cases/announce.ts'
import { announcePage, type TypedDocument } from '../views/announce.ts'
import { LIST } from '../views/list.ts'

const manage = staff(MANAGE)

/** Counters and lockers of the offices in which somebody keeps documents: what they choose, and what it means. */
async function placesFor(ctx: Ctx) {
  const t = texts(ctx).staff
  const offices = await officesFor(ctx, MANAGE)
  const lockers = await devicesOfKind(
    ctx,
    offices.map(({ slug }) => slug),
    'pickup',
  )
  return offices.flatMap(({ slug, name, units }) => [
    { value: slug, label: t.whereCounter(name[ctx.locale]), office: slug, units, device: null },
    ...lockers
      .filter(({ office }) => office === slug)
      .map((locker) => ({
        value: locker.id,
        label: t.whereLocker(locker.name, name[ctx.locale]),
        office: slug,
        units,
        device: locker.id,
      })),
  ])
}

function typedFrom({ form }: Pick<Req, 'form'>): TypedDocument {
  const id = form.get('id')
  return {
    id: isId(id) ? id : newId(),
    what: form.get('dokument').trim(),
    kase: form.get('vorgang').trim().toUpperCase(),
    name: form.get('name').trim(),
    email: form.get('mail').trim(),
    telephone: form.get('telefon').trim(),
    locale: form.get('sprache') === 'en' ? 'en' : 'de',
    where: form.get('wo'),
  }
}

const NOBODY = { name: '', email: null, telephone: null, locale: 'de' }

/** A case that the clerk may read; null where there is none, or none for them. */
async function readableCase(ctx: Ctx, number: string): Promise<Case | null> {
  const kase = number === '' ? null : await caseByNumber(ctx, number)
  return kase && (await mayRead(ctx, kase)) ? kase : null
}

/** Of the case, where the account keeps documents there; otherwise the first of the house in which it does. */
const unitFor = (ctx: Ctx, units: readonly string[], kase: Case | null): string =>
  kase && may(ctx, MANAGE, kase.unit) ? kase.unit : units.find((unit) => may(ctx, MANAGE, unit))!

const fits = (text: string, longest: number): boolean => text !== '' && [...text].length <= longest

const shown = async (ctx: Ctx, typed: TypedDocument, errors: Readonly<Record<string, string>> = {}): Promise<Reply> =>
  htmlPage(announcePage(ctx, { typed, errors, places: await placesFor(ctx) }), {
    status: Object.keys(errors).length > 0 ? 422 : 200,
  })

export const announceRoutes: readonly Route[] = [
  page({
    path: `${LIST}/neu`,
    access: manage,
    handle: async (ctx, req) => {
      const kase = await readableCase(ctx, queryText(req, 'vorgang').trim().toUpperCase())
      const { name, email, telephone, locale } = kase?.applicant ?? NOBODY
      return shown(ctx, {
        id: newId(),
        what: '',
        kase: kase?.number ?? '',
        name,
        email: email ?? '',
        telephone: telephone ?? '',
        locale,
        where: '',
      })
    },
  }),
  action({
    path: `${LIST}/neu`,
    access: manage,
    handle: async (ctx, req) => {
      const t = texts(ctx).staff.errors
      const typed = typedFrom(req)
      const kase = await readableCase(ctx, typed.kase)
      const place = (await placesFor(ctx)).find(({ value }) => value === typed.where)
      const name = typed.name || (kase?.applicant.name ?? '')
      const email = typed.email || (kase?.applicant.email ?? '')
      const telephone = typed.telephone || (kase?.applicant.telephone ?? '')
      const errors = {
        ...(fits(typed.what, LONGEST.title) ? {} : { dokument: t.what }),
        ...(typed.kase === '' || kase ? {} : { vorgang: t.kase }),
        ...(fits(name, LONGEST.name) ? {} : { name: t.name }),
        ...(email === '' || isMailAddress(email) ? {} : { mail: t.email }),
        ...(telephone === '' || isTelephone(telephone) ? {} : { telefon: t.telephone }),
        ...(place ? {} : { wo: t.where }),
      }
      if (!place || Object.keys(errors).length > 0) return shown(ctx, typed, errors)
      await announce(ctx, {
        id: typed.id,
        office: place.office,
        unit: unitFor(ctx, place.units, kase),
        device: place.device,
        title: typed.what,
        caseNumber: kase?.number ?? null,
        account: kase?.applicant.accountId ?? null,
        name,
        email: email || null,
        telephone: telephone || null,
        locale: typed.locale === 'en' ? 'en' : 'de',
      })
      return redirect(`${LIST}/${typed.id}?hinweis=angekuendigt`)
    },
  }),
]

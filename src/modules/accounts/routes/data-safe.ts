import type { Ctx } from '#platform/context.ts'
import { dateFromForm } from '#platform/html/components/index.ts'
import { htmlPage, redirect, type Reply } from '#platform/http/reply.ts'
import { action, page, signedIn, type Req, type Route } from '#platform/http/route.ts'
import { today } from '#platform/time/clock.ts'
import { queryEntry, queryPage } from '#platform/http/query.ts'
import { checkSafeField, checkVehicle, type SafeField } from '../domain/check-data-safe.ts'
import type { DataSafe } from '../domain/data-safe.ts'
import { deleteDataSafe, loadDataSafe, readingsOf, writeDataSafe } from '../store/data-safe.ts'
import { texts } from '../texts/index.ts'
import { safeMessage } from '../texts/messages.ts'
import {
  dataSafePage,
  emptySafePage,
  READINGS_PER_PAGE,
  readingsPage,
  type DataSafePage,
  type SafeNotice,
} from '../views/data-safe.ts'
import { self } from './account.ts'

const PATH = '/konto/daten'
export const SAFE_FIELDS = [
  'givenName',
  'familyName',
  'birthDate',
  'street',
  'houseNumber',
  'postcode',
  'place',
  'telephone',
] as const
const NOTICES: Readonly<Record<string, SafeNotice>> = {
  gespeichert: 'saved',
  geleert: 'emptied',
  eingetragen: 'vehicle-added',
  entfernt: 'vehicle-removed',
}

const valuesOf = (safe: DataSafe) =>
  Object.fromEntries(SAFE_FIELDS.map((field) => [field, safe[field] ?? ''])) as Record<SafeField, string>

const show = (ctx: Ctx, safe: DataSafe, more: Partial<DataSafePage>, status = 200): Reply =>
  htmlPage(
    dataSafePage(ctx, {
      values: valuesOf(safe),
      vehicles: safe.vehicles,
      newVehicle: { plate: '', description: '' },
      errors: {},
      notice: null,
      ...more,
    }),
    { status },
  )

async function savePerson(ctx: Ctx, req: Req, safe: DataSafe): Promise<Reply> {
  const t = texts(ctx)
  const values = { ...valuesOf(safe) }
  const errors: Record<string, string> = {}
  const part: Record<string, string | null> = {}
  for (const field of SAFE_FIELDS) {
    values[field] = field === 'birthDate' ? dateFromForm(req.form, field) : req.form.get(field)
    const checked = checkSafeField(field, values[field], today(ctx.clock))
    if (checked.ok) part[field] = checked.value
    else errors[field] = safeMessage(t, checked.problem)
  }
  if (Object.keys(errors).length > 0) return show(ctx, safe, { values, errors }, 422)
  await writeDataSafe(ctx, self(ctx), part)
  return redirect(`${PATH}?hinweis=gespeichert`)
}

async function addVehicle(ctx: Ctx, req: Req, safe: DataSafe): Promise<Reply> {
  const newVehicle = { plate: req.form.get('plate'), description: req.form.get('description') }
  const checked = checkVehicle(newVehicle, safe.vehicles)
  if (!checked.ok) {
    const errors = { [checked.field]: safeMessage(texts(ctx), checked.problem) }
    return show(ctx, safe, { newVehicle, errors }, 422)
  }
  await writeDataSafe(ctx, self(ctx), { vehicles: [...safe.vehicles, checked.value] })
  return redirect(`${PATH}?hinweis=eingetragen#fahrzeuge`)
}

async function removeVehicle(ctx: Ctx, req: Req, safe: DataSafe): Promise<Reply> {
  const plate = req.form.get('plate')
  await writeDataSafe(ctx, self(ctx), { vehicles: safe.vehicles.filter((vehicle) => vehicle.plate !== plate) })
  return redirect(`${PATH}?hinweis=entfernt#fahrzeuge`)
}

export const dataSafeRoutes: readonly Route[] = [
  page({
    path: PATH,
    access: signedIn,
    handle: async (ctx, req) =>
      show(ctx, await loadDataSafe(ctx, self(ctx)), { notice: queryEntry(req, 'hinweis', NOTICES) }),
  }),
  action({
    path: PATH,
    access: signedIn,
    handle: async (ctx, req) => {
      const safe = await loadDataSafe(ctx, self(ctx))
      const what = req.form.get('what')
      if (what === 'vehicle') return addVehicle(ctx, req, safe)
      return what === 'remove-vehicle' ? removeVehicle(ctx, req, safe) : savePerson(ctx, req, safe)
    },
  }),
  page({ path: '/konto/daten/leeren', access: signedIn, handle: (ctx) => htmlPage(emptySafePage(ctx)) }),
  action({
    path: '/konto/daten/leeren',
    access: signedIn,
    handle: async (ctx) => {
      await deleteDataSafe(ctx, self(ctx))
      return redirect(`${PATH}?hinweis=geleert`)
    },
  }),
  page({
    path: '/konto/einsicht',
    access: signedIn,
    handle: async (ctx, req) => {
      const number = queryPage(req)
      const rows = await readingsOf(ctx, self(ctx), READINGS_PER_PAGE + 1, (number - 1) * READINGS_PER_PAGE)
      const readings = rows.slice(0, READINGS_PER_PAGE)
      return htmlPage(readingsPage(ctx, { readings, page: number, hasNext: rows.length > READINGS_PER_PAGE }))
    },
  }),
]

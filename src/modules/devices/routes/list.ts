import { officesFor } from '#modules/catalogue/public.ts'
import { csvReply } from '#platform/csv.ts'
import type { Ctx } from '#platform/context.ts'
import { newId } from '#platform/db/id.ts'
import { isId, queryChoice } from '#platform/http/query.ts'
import { htmlPage, redirect } from '#platform/http/reply.ts'
import { action, page, staff, type Req, type Route } from '#platform/http/route.ts'
import { KINDS, LONGEST_NAME, STATES } from '../domain/device.ts'
import { devicesIn } from '../store/devices.ts'
import { texts } from '../texts/index.ts'
import { addDevice } from '../use-cases/manage.ts'
import { addPage, type TypedDevice } from '../views/add.ts'
import { LIST, listPage, MANAGE } from '../views/list.ts'
import { showSecret } from './secret.ts'

const manage = staff(MANAGE)

async function listed(ctx: Ctx, req: Req) {
  const offices = await officesFor(ctx, MANAGE)
  const slugs = offices.map(({ slug }) => slug)
  const filter = {
    office: queryChoice(req, 'dienststelle', slugs),
    kind: queryChoice(req, 'art', KINDS),
    state: queryChoice(req, 'stand', STATES),
  }
  return { offices, filter, devices: await devicesIn(ctx, slugs, filter) }
}

const HOWS = ['set-up', 'key'] as const
const choiceOf = <T extends string>(typed: string, choices: readonly T[]): T | null =>
  choices.find((choice) => choice === typed) ?? null

export const listRoutes: readonly Route[] = [
  page({
    path: LIST,
    access: manage,
    handle: async (ctx, req) => htmlPage(listPage(ctx, await listed(ctx, req))),
  }),
  page({
    path: `${LIST}.csv`,
    access: manage,
    handle: async (ctx, req) => {
      const t = texts(ctx)
      const { offices, devices } = await listed(ctx, req)
      const nameOf = new Map(offices.map((office) => [office.slug, office.name[ctx.locale]]))
      return csvReply(
        `${t.title}.csv`,
        [t.name, t.office, t.kind, t.state, t.lastSeen, t.id],
        devices.map((d) => [d.name, nameOf.get(d.office), t.kinds[d.kind], t.states[d.state], d.lastSeenAt, d.id]),
      )
    },
  }),
  page({
    path: `${LIST}/neu`,
    access: manage,
    handle: async (ctx) => {
      const typed: TypedDevice = { id: newId(), name: '', office: '', kind: '', how: '' }
      return htmlPage(addPage(ctx, { typed, offices: await officesFor(ctx, MANAGE), errors: {} }))
    },
  }),
  action({
    path: `${LIST}/neu`,
    access: manage,
    handle: async (ctx, req) => {
      const t = texts(ctx).errors
      const offices = await officesFor(ctx, MANAGE)
      const sent = req.form.get('id')
      const typed: TypedDevice = {
        id: isId(sent) ? sent : newId(),
        name: req.form.get('name').trim(),
        office: req.form.get('dienststelle'),
        kind: req.form.get('art'),
        how: req.form.get('anmeldung'),
      }
      const office = choiceOf(
        typed.office,
        offices.map(({ slug }) => slug),
      )
      const kind = choiceOf(typed.kind, KINDS)
      const how = choiceOf(typed.how, HOWS)
      const isNamed = typed.name !== '' && [...typed.name].length <= LONGEST_NAME
      if (!isNamed || !office || !kind || !how) {
        const errors = {
          ...(isNamed ? {} : { name: t.name }),
          ...(office ? {} : { dienststelle: t.office }),
          ...(kind ? {} : { art: t.kind }),
          ...(how ? {} : { anmeldung: t.how }),
        }
        return htmlPage(addPage(ctx, { typed, offices, errors }), { status: 422 })
      }
      const device = { id: typed.id, name: typed.name, office, kind }
      if (!(await addDevice(ctx, device))) return redirect(`${LIST}/${device.id}?hinweis=ausgegeben`)
      return showSecret(ctx, device, how, newId())
    },
  }),
]

import type { Ctx } from '#platform/context.ts'
import { html, type Html } from '#platform/html/html.ts'
import { formatDay, formatNumber, formatWeekday } from '#platform/i18n/format.ts'
import type { Asked } from '../asked.ts'
import { officeNameIn, officesWords, titleIn, type Offer, type Pages } from '../offer.ts'
import { texts } from '../texts/index.ts'
import { kilometres, type Distances } from '../use-cases/near.ts'
import type { ShownTimes } from '../use-cases/show-times.ts'
import { matterWords } from './matters.ts'

/** Why somebody comes back to the times, in the address. */
export const TIMES_NOTES = [
  'vergeben',
  'vorbei',
  'dieselbe',
  'abgelaufen',
  'unbestaetigt',
  'inzwischen',
  'zurueckgegeben',
  'zu-viele',
  'ab-heute',
] as const
export type TimesNote = (typeof TIMES_NOTES)[number]

export interface TimesView {
  readonly offer: Offer
  readonly asked: Asked
  readonly times: ShownTimes
  /** From the address that was asked for; null: none was. */
  readonly distances: Distances | null
  readonly note: TimesNote | null
}

/** "Reisepass beantragen, 1 Person, alle Dienststellen, …" */
export function wishWords(ctx: Ctx, { offer, asked, times }: TimesView): Html {
  const t = texts(ctx)
  const rest = [
    t.times.people(asked.people),
    whereWords(ctx, offer, asked),
    t.choose.variants[asked.variant ?? 'in-person'],
    t.times.minutes(formatNumber(ctx, times.minutes)),
    ...whenWords(ctx, asked),
  ]
  return html`<p><strong>${matters(ctx, offer, asked.services)}</strong><br>${rest.join(' · ')}</p>`
}

/** By what the times are narrowed down: "höchstens 3 km von Lindenstraße 12 · nur Montag"; '' where all are shown. */
export function narrowWords(ctx: Ctx, { offer, asked }: Pick<TimesView, 'offer' | 'asked'>): string {
  const isSomewhere = asked.office !== null || asked.among.length > 0 || asked.near !== ''
  return [...(isSomewhere ? [whereWords(ctx, offer, asked)] : []), ...whenWords(ctx, asked)].join(' · ')
}

function whenWords(ctx: Ctx, { from, weekdays }: Asked): string[] {
  const t = texts(ctx).times
  return [
    ...(from.date ? [t.fromDay(formatDay(ctx, from.date))] : []),
    ...(weekdays.length > 0 ? [t.onDays(weekdays.map((day) => formatWeekday(ctx, day)).join(', '))] : []),
  ]
}

function whereWords(ctx: Ctx, offer: Offer, { office, among, near, km }: Asked): string {
  const t = texts(ctx).times
  if (office !== null) return officeNameIn(ctx, offer, office)
  if (near !== '') return t.within(kilometres(ctx, km), near)
  return among.length > 0 ? officesWords(ctx, offer, among) : t.everywhere
}

export const matters = (ctx: Pick<Ctx, 'locale'>, offer: Pages, services: readonly string[]): string =>
  matterWords(ctx, services, (slug) => titleIn(offer, slug))

/** "Bürgerbüro Mitte, 1,2 km" */
export function placeWords(
  ctx: Ctx,
  { offer, distances }: Pick<TimesView, 'offer' | 'distances'>,
  office: string,
): string {
  const km = distances?.get(office)
  const name = officeNameIn(ctx, offer, office)
  return km === undefined ? name : `${name}, ${kilometres(ctx, km)}`
}

/** In the form of somebody without an account: its script solves a task while they read. */
export const proofOfWork = (ctx: Ctx): Html =>
  html`<ap-proof role="status" data-source="/api/v1/appointments/challenge" data-wait="${texts(ctx).times.proving}"></ap-proof>`

import { findAddress } from '#modules/addresses/public.ts'
import {
  ActionRefused,
  caseAction,
  caseCheck,
  caseResult,
  type CaseAction,
  type CaseCheck,
  type CaseForAction,
  type CaseResult,
  type Finding,
} from '#modules/cases/public.ts'
import { actionWords } from '#modules/services/public.ts'
import { may } from '#platform/auth/principal.ts'
import type { Ctx } from '#platform/context.ts'
import { provide } from '#platform/extension.ts'
import { formatDate } from '#platform/i18n/format.ts'
import { LOCALES, type LocalizedText } from '#platform/i18n/locale.ts'
import { judgeDuplicates, type DuplicateRule, type DuplicateRules, type SameThing } from './domain/duplicate.ts'
import { periodOf } from './domain/period.ts'
import { lastDay } from './domain/permit.ts'
import { zoneWords } from './domain/zone.ts'
import { permitOfCase, standingInTheWay } from './store/permits.ts'
import { zoneByLetter, zoneOfAddress } from './store/zones.ts'
import { texts } from './texts/index.ts'
import { issuePermit, PermitTaken, reserve, type IssuedPermit, type PermitWish } from './use-cases/issue.ts'

type Input = Readonly<Record<string, unknown>>
type Words = ReturnType<typeof texts>['findings']

const inBoth = (words: (t: Words) => string): LocalizedText => {
  const [de, en] = LOCALES.map((locale) => words(texts({ locale }).findings)) as [string, string]
  return { de, en }
}

/** `parking.zone-of-address`: the address list decides. Input: `address`. */
const zoneCheck: CaseCheck = {
  run: async (ctx, _kase, input) => {
    const address = await findAddress(ctx, addressOf(input))
    if (!address) return { outcome: 'unclear', message: inBoth((t) => t.unknownAddress) }
    const zone = await zoneOfAddress(ctx, address.id)
    if (!zone) return { outcome: 'no', message: inBoth((t) => t.noZone) }
    const words = zoneWords(zone.letter, zone.name)
    return {
      outcome: zone.isSure ? 'ok' : 'unclear',
      message: inBoth((t) => (zone.isSure ? t.inZone(words) : t.nearZone(words))),
      data: { zone: zone.letter, zoneName: zone.name },
    }
  },
}

/**
 * `parking.no-duplicate`: whether plate, zone and time are free, which it then keeps for the case. Input: `plate`, `zone` (else
 * `address`), `from`, `months`, `givenName`, `familyName`, `birthDate`; rules `samePlate` (refuse or show) and `samePerson`
 * (refuse, show or allow).
 */
const duplicateCheck: CaseCheck = {
  run: async (ctx, kase, input) => {
    const wish = await wishOf(ctx, input)
    // Nothing to compare: the check of the zone says why.
    if (!wish) return { outcome: 'unclear', message: inBoth((t) => t.noZone) }
    const others = await standingInTheWay(ctx, { ...wish, ...wish.holder, caseId: kase.id })
    const found = judgeDuplicates(wish, others.ofPlate, others.ofPerson, rulesOf(input))
    if (found.outcome === 'no' || found.same.includes('plate')) return duplicateFinding(found.outcome, found)
    const kept = await reserve(ctx, kase, wish)
    if (!kept)
      return duplicateFinding(rulesOf(input).samePlate === 'show' ? 'unclear' : 'no', { same: ['plate'], numbers: [] })
    if (found.same.length > 0) return duplicateFinding(found.outcome, found)
    return { outcome: 'ok', message: inBoth((t) => t.noDuplicate), data: { permits: [], same: [] } }
  },
}

const SAME_WORDS: Readonly<Record<SameThing, (t: Words) => (numbers: string) => string>> = {
  plate: (t) => t.samePlate,
  car: (t) => t.sameCar,
  person: (t) => t.samePerson,
}

function duplicateFinding(
  outcome: Finding['outcome'],
  { same, numbers }: { same: readonly SameThing[]; numbers: readonly string[] },
): Finding {
  const list = numbers.length > 0 ? `(${numbers.join(', ')}).` : '.'
  return {
    outcome,
    message: inBoth((t) => SAME_WORDS[same[0] ?? 'person'](t)(list).replace(' .', '.')),
    data: { permits: [...numbers], same: [...same] },
  }
}

/** `parking.issue-permit`. Input as for the check of duplicates, with `holder` and `address`. */
const issueAction: CaseAction = {
  says: { de: 'Der Bewohnerparkausweis wird ausgestellt', en: 'The resident parking permit is issued' },
  run: async (ctx, kase, input) => {
    const wish = await wishOf(ctx, input)
    if (!wish) throw new ActionRefused(inBoth((t) => t.noZone))
    const { permit, ...issued } = await issueOrRefuse(ctx, kase, wish)
    const at = { locale: kase.applicant.locale }
    return {
      data: {
        permitId: permit.id,
        permitNumber: issued.number,
        plate: permit.plate,
        zone: permit.zone,
        zoneName: permit.zoneName,
        validFrom: formatDate(at, permit.from),
        validUntil: formatDate(at, lastDay(permit)),
        validFromIso: permit.from.toString(),
        validUntilIso: lastDay(permit).toString(),
        checkUrl: issued.checkUrl,
        qrSvg: issued.qrSvg,
        fileId: issued.fileId,
        fileTitle: { de: texts({ locale: 'de' }).document.heading, en: texts({ locale: 'en' }).document.heading },
      },
    }
  },
}

/** Another permit may have come in between: that is for a clerk to solve, not an error of the program. */
async function issueOrRefuse(ctx: Ctx, kase: CaseForAction, wish: PermitWish): Promise<IssuedPermit> {
  try {
    return await issuePermit(ctx, kase, wish)
  } catch (error) {
    if (error instanceof PermitTaken) throw new ActionRefused(inBoth((t) => t.taken))
    throw error
  }
}

const ROOMS = {
  account: () => '/konto/parkausweise',
  code: (number: string) => `/stand/${number}/parkausweise`,
  staff: () => '/workbench/parken/ausweise',
} as const

/** The permit of a case, where its holder or a clerk sees and changes it. */
const permitResult: CaseResult = {
  linksOf: async (ctx, kase, door) => {
    const permit = await permitOfCase(ctx, kase.id)
    if (!permit || (door === 'staff' && !may(ctx, 'parking.manage', permit.unit))) return []
    const label = door === 'staff' ? texts(ctx).permits.one(permit.plate) : texts(ctx).permits.open
    return [{ label, path: `${ROOMS[door](kase.number)}/${permit.id}` }]
  },
}

export const caseExtensions = [
  provide(caseResult, 'parking.permit', permitResult),
  provide(caseCheck, 'parking.zone-of-address', zoneCheck),
  provide(caseCheck, 'parking.no-duplicate', duplicateCheck),
  provide(caseAction, 'parking.issue-permit', issueAction),
  provide(actionWords, 'parking.issue-permit', { de: 'Parkausweis ausstellen', en: 'Issue the permit' }),
]

/** null where no zone is named and the address is in none. @throws Error for an input that no workflow should give */
async function wishOf(ctx: Ctx, input: Input): Promise<PermitWish | null> {
  const holder = (input['holder'] ?? input) as Input
  const named = addressOf(input)
  const address = await findAddress(ctx, named)
  const letter = text(input['zone']) || (address ? (await zoneOfAddress(ctx, address.id))?.letter : undefined)
  if (!letter || !(await zoneByLetter(ctx, letter))) return null
  const plate = text(input['plate'])
  if (!plate) throw new Error('a permit needs a plate')
  return {
    ...periodOf(dateOf(input['from']), Number(input['months'])),
    plate,
    zone: letter,
    holder: {
      givenName: text(holder['givenName']),
      familyName: text(holder['familyName']),
      birthDate: dateOf(holder['birthDate']),
    },
    address: {
      street: address?.street ?? named.street,
      houseNumber: address?.houseNumber ?? named.houseNumber,
      postcode: address?.postcode ?? named.postcode ?? '',
      place: address?.place ?? text((input['address'] as Input | undefined)?.['place']),
    },
  }
}

function addressOf(input: Input) {
  const address = (input['address'] ?? input) as Input
  return {
    street: text(address['street']),
    houseNumber: text(address['houseNumber']),
    postcode: text(address['postcode']) || null,
  }
}

/** FEEL hands on a date as a Temporal value or as ISO text. */
const dateOf = (value: unknown): Temporal.PlainDate => Temporal.PlainDate.from(String(value))
const text = (value: unknown): string => (typeof value === 'string' ? value : '')

function rulesOf(input: Input): DuplicateRules {
  const rule = <T extends DuplicateRule>(key: string, allowed: readonly T[], otherwise: T): T =>
    allowed.find((candidate) => candidate === input[key]) ?? otherwise
  return {
    samePlate: rule('samePlate', ['refuse', 'show'], 'refuse'),
    samePerson: rule('samePerson', ['refuse', 'show', 'allow'], 'show'),
  }
}

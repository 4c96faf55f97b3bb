import { isMailAddress, isTelephone, notifyMany } from '#modules/notifications/public.ts'
import type { Ctx } from '#platform/context.ts'
import { audit } from '#platform/audit/audit.ts'
import { may } from '#platform/auth/principal.ts'
import { transaction } from '#platform/db/transaction.ts'
import { jobContext } from '#platform/job-context.ts'
import { fail, ok, type Failure, type Result } from '#platform/problem.ts'
import { perCity } from '#platform/per-city.ts'
import { inBatches } from '../batch.ts'
import { selfOf } from '../calendars.ts'
import { hashOfCode, newCode, RESERVATION_MINUTES, type Booking } from '../domain/booking.ts'
import { wrongWithName } from '../domain/person-name.ts'
import { bookingWithKey, lockBooking, setBookingState, UUID, type HolderKey, type Key } from '../store/bookings.ts'
import { tellChange } from '../store/changes.ts'
import { forgetConfirmationsBeside, type MailLimits } from '../store/confirmations.ts'
import { lockBookedOfMail, lockNaming, nameHolds, type Naming, type Person, type WantedName } from '../store/naming.ts'
import { keepUntil } from '../store/occupancies.ts'
import { texts } from '../texts/index.ts'
import { bookedMail, namedNotice, officeNames } from './mails.ts'
import { mailFacts } from './mail-facts.ts'
import { inMemory } from './memory.ts'
import { isTooMuchForSms } from './sms.ts'
import { hasBegun, hasLapsed } from './standing.ts'

/** Booked appointments to come under one mailbox, or booked and reserved under one account; the service centre may book more. */
export const MOST_UNDER_A_MAIL = 5

/**
 * Mails within an hour to a mailbox that nobody has confirmed, given back or not: anybody can type any address. From one address of a
 * sender fewer than from all, so that a stranger keeps nobody from booking; whoever follows a link and confirms or gives the time back
 * reads the mailbox, and all of it counts no longer. Not of the service centre, nor under the account's own address: these need no
 * confirmation. Demo values.
 */
export const MOST_UNCONFIRMED: MailLimits = { ofSender: 6, ofMailbox: 18 }

/** Names of one write; more only make the first of them wait longer. */
const BATCH = 50

/**
 * Gives a held time a name. Under an account's own address, or by the service centre, it is booked with that; otherwise it
 * is reserved until the link in the mail is followed.
 * @param ip the address of whoever books, for limits
 * @param code of the hold. The link that confirms holds another one: whoever has it reads the mail of that address.
 */
export async function bookHold(
  ctx: Ctx,
  id: string,
  key: HolderKey,
  code: string,
  person: Person,
  ip: string,
): Promise<Result<Booking>> {
  const wrong = personProblems(ctx, person)
  if (wrong) return wrong
  if (!UUID.test(id)) return fail('not-found')
  const wantsSms = (person.reminder ?? 'mail-and-sms') === 'mail-and-sms'
  const noSms = wantsSms && (await isTooMuchForSms(ctx, { id, key, telephone: person.telephone, ip }))
  const asked = askedOf(ctx, { id, key, code, person, noSms, ip })
  const named = await namerOf(ctx)(asked)
  if (!named) return fail('not-found')
  const result = outcomeOf(ctx, asked, named)
  if (result.ok) await inMemory(ctx, result.value)
  return result
}

interface Asked {
  readonly wanted: WantedName
  readonly account: Ctx['account']
  /** For the link in the mail. */
  readonly mailCode: string
}

function askedOf(
  ctx: Ctx,
  {
    id,
    key,
    code,
    person,
    noSms,
    ip,
  }: {
    id: string
    key: HolderKey
    code: string
    person: Person
    noSms: boolean
    ip: string
  },
): Asked {
  const { account, locale, clock } = ctx
  const isForOthers = may(ctx, 'appointments.book')
  const isOwn = account !== null && account.email.toLowerCase() === person.email.toLowerCase()
  // An address that is not the account's own has to be confirmed like everybody's.
  const isKnown = isForOthers || isOwn
  const mailCode = isKnown ? code : newCode()
  const wanted: WantedName = {
    ...person,
    id,
    codeHash: 'codeHash' in key ? key.codeHash : null,
    keyAccount: 'account' in key ? key.account : null,
    most: isForOthers ? null : MOST_UNDER_A_MAIL,
    confirmation: isKnown ? null : { ip, most: MOST_UNCONFIRMED },
    state: isKnown ? 'booked' : 'reserved',
    expiresAt: isKnown ? null : clock.now().add({ minutes: RESERVATION_MINUTES }),
    noSms,
    mailCodeHash: isKnown ? null : hashOfCode(mailCode),
    // Not that of whoever types for others.
    account: account?.kind === 'citizen' ? account.id : null,
    locale,
  }
  return { wanted, account, mailCode }
}

/** The booking as it is now, where it was named. */
function namedBooking({ wanted }: Asked, { booking, until }: Naming): Booking {
  const { name, email, telephone, state, locale, account, reminder = booking.reminder } = wanted
  const person = { name, email, telephone, reminder, locale, account: booking.account ?? account }
  return { ...booking, ...person, state, expiresAt: until }
}

function outcomeOf(ctx: Ctx, asked: Asked, named: Naming): Result<Booking> {
  const { booking, others, isMailedTooOften, isDone } = named
  if (isDone) return ok(namedBooking(asked, named))
  // A double click, or a reply that was lost: the same again.
  if (booking.state !== 'held')
    return samePerson(booking, asked.wanted) ? ok(booking) : fail('conflict', { detail: texts(ctx).problems.nameFixed })
  const { most, telephone } = asked.wanted
  if (booking.variant === 'telephone' && telephone === null)
    return fail('invalid-input', { fields: { telephone: texts(ctx).booking.telephoneMissing } })
  if (most !== null && others >= most) return fail('too-many-bookings')
  if (isMailedTooOften) return tooManyUnconfirmed(ctx)
  return fail('hold-expired')
}

export const tooManyUnconfirmed = (ctx: Ctx): Failure<'too-many-bookings'> =>
  fail('too-many-bookings', { detail: texts(ctx).problems.tooManyUnconfirmed })

/** Names, mails and their jobs of the same moment go in one transaction. */
const namerOf = perCity(({ app, tenant }) => {
  const own = jobContext(app, tenant)
  return inBatches(BATCH, async (all: readonly Asked[]): Promise<(Naming | null)[]> => {
    // A double click in the same moment waits for what becomes of the first.
    const firsts = all.filter((one, i) => all.findIndex(({ wanted }) => wanted.id === one.wanted.id) === i)
    const named = new Map<Asked, Naming | null>()
    await nameAll(own, firsts, named)
    for (const one of all) if (!named.has(one)) await nameAll(own, [one], named)
    return all.map((one) => named.get(one) ?? null)
  })
})

async function nameAll(own: Ctx, all: readonly Asked[], named: Map<Asked, Naming | null>): Promise<void> {
  const found = await transaction(own, async (ctx) => {
    await lockNaming(ctx)
    const found = await nameHolds(
      ctx,
      selfOf(ctx),
      all.map(({ wanted }) => wanted),
    )
    const done = all.flatMap((asked) => {
      const naming = found.get(asked.wanted.id)
      return naming?.isDone ? [{ asked, booking: namedBooking(asked, naming) }] : []
    })
    const words = { nameOf: await officeNames(ctx), factsOf: mailFacts(ctx) }
    const notices = []
    for (const { asked, booking } of done) notices.push(await namedNotice(booking, asked.mailCode, words))
    await notifyMany(ctx, notices)
    for (const { asked, booking } of done)
      if (booking.state === 'booked')
        await audit(
          { ...ctx, account: asked.account },
          { subject: `appointment:${booking.id}`, action: 'appointments.booked' },
        )
    return found
  })
  for (const asked of all) named.set(asked, found.get(asked.wanted.id) ?? null)
}

/** By the code of the link in the mail: what was reserved is booked. A second time it is booked already. */
export async function confirmBooking(ctx: Ctx, id: string, code: string): Promise<Result<Booking>> {
  const key = { mailCodeHash: hashOfCode(code) }
  const result = await transaction(ctx, async (ctx): Promise<Result<Booking>> => {
    const reserved = await lockBooking(ctx, id, key)
    if (!reserved) return fail('not-found')
    if (reserved.state === 'booked') return ok(reserved)
    if (reserved.state !== 'reserved') return fail('not-changeable')
    if (hasBegun(ctx, reserved)) return fail('hold-expired')
    // Whoever has an account has been counted when the time was reserved.
    if (reserved.account === null && (await lockBookedOfMail(ctx, reserved.email ?? '')) >= MOST_UNDER_A_MAIL)
      return fail('too-many-bookings')
    if (!(await keepUntil(ctx, id, null))) return fail('hold-expired')
    await setBookingState(ctx, id, 'booked')
    await forgetConfirmationsBeside(ctx, key.mailCodeHash)
    await tellChange(ctx, selfOf(ctx), reserved.team)
    const booking: Booking = { ...reserved, state: 'booked', expiresAt: null, sequence: reserved.sequence + 1 }
    await bookedMail(ctx, booking, code)
    await audit(ctx, { subject: `appointment:${id}`, action: 'appointments.booked' })
    return ok(booking)
  })
  if (result.ok) await inMemory(ctx, result.value)
  return result
}

/** For who holds its key; null where there is none, and where a hold or a reservation has run out. */
export async function readBooking(ctx: Ctx, id: string, key: Key): Promise<Booking | null> {
  const booking = await bookingWithKey(ctx, id, key)
  return booking && !hasLapsed(ctx, booking) ? booking : null
}

function personProblems(ctx: Ctx, { name, email, telephone }: Person): Failure<'invalid-input'> | null {
  const t = texts(ctx).problems
  const wrongName = wrongWithName(name)
  const fields = {
    ...(wrongName ? { name: wrongName === 'missing' ? t.nameMissing : t.nameInOneLine } : {}),
    ...(isMailAddress(email) ? {} : { email: t.mailNotValid }),
    ...(telephone === null || isTelephone(telephone) ? {} : { telephone: t.telephoneNotValid }),
  }
  return Object.keys(fields).length > 0 ? fail('invalid-input', { fields }) : null
}

const samePerson = (booking: Booking, { name, email }: Pick<Person, 'name' | 'email'>) =>
  booking.name === name && booking.email === email

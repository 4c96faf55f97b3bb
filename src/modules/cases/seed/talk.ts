import type { Random } from '#modules/musterstadt/public.ts'
import * as store from '../store/seed.ts'
import type { Draft } from './drafts.ts'
import { Chain } from './life.ts'

const QUESTIONS = [
  'Guten Tag, wann kann ich mit einer Antwort rechnen?',
  'Ich habe mich bei der Hausnummer vertippt. Können Sie das bitte ändern?',
  'Reicht Ihnen ein Foto des Nachweises, oder brauchen Sie das Original?',
]
const REPLIES = [
  'Vielen Dank für Ihre Nachricht. Wir melden uns in den nächsten Tagen.',
  'Wir haben das geändert. Sie müssen nichts weiter tun.',
  'Ein gut lesbares Foto genügt uns.',
]
const NOTES = [
  'Rückruf vereinbart.',
  'Mit dem Melderegister geklärt.',
  'Nachweis sieht gut aus, Original war hier.',
  'Wartet auf Antwort aus dem Bauamt.',
]

/** What was written about some of the cases. */
export function talk(
  dice: Random,
  draft: Draft,
  kase: store.PastCase,
  chain: Chain,
  rows: { messages: store.PastMessage[]; notes: store.PastNote[]; cases: store.PastCase[] },
): void {
  const { id, life, clerk, applicant } = draft
  const later = life.enteredAt.add({ minutes: dice.int(20, 50) })
  if (kase.assignee && dice.chance(0.3)) {
    rows.notes.push({
      id: dice.uuid(),
      case_id: id,
      author: clerk,
      body: dice.pick(NOTES),
      created_at: later.toString(),
    })
    chain.add(later, clerk, 'cases.noted')
  }
  const annaWaits = applicant.email.startsWith('anna.becker') && life.state.name === 'review'
  if (!annaWaits && !dice.chance(0.12)) return
  const index = dice.int(0, QUESTIONS.length - 1)
  const asked = later.add({ minutes: 5 })
  const isAnswered = annaWaits || life.state.kind === 'final' || dice.chance(0.5)
  const message = (
    direction: 'in' | 'out',
    body: string,
    at: Temporal.Instant,
    isRead: boolean,
  ): store.PastMessage => ({
    id: dice.uuid(),
    case_id: id,
    direction,
    author: direction === 'out' ? clerk : applicant.accountId,
    body,
    created_at: at.toString(),
    read_at: isRead ? at.add({ minutes: 40 }).toString() : null,
  })
  rows.messages.push(message('in', QUESTIONS[index]!, asked, isAnswered))
  chain.add(asked, applicant.accountId ?? 'applicant', 'cases.message-received', {})
  if (isAnswered) {
    const replied = asked.add({ minutes: 90 })
    rows.messages.push(message('out', REPLIES[index]!, replied, !annaWaits))
    chain.add(replied, clerk, 'cases.message-sent', {})
  } else rows.cases[rows.cases.length - 1] = { ...kase, news_at: asked.toString(), changed_at: asked.toString() }
}

import { definitionOf, type ServiceDefinition, type Transition } from '#modules/services/public.ts'
import type { Ctx } from '#platform/context.ts'

const transition = (more: Partial<Transition> & Pick<Transition, 'name' | 'from' | 'to' | 'by'>): Transition => ({
  fields: [],
  actions: [],
  hasReason: false,
  confirm: false,
  ...more,
})
const field = (name: string, type: Transition['fields'][number]['type'], options: readonly string[] = []) => ({
  name,
  type,
  options,
  required: true,
  max: 200,
})

/**
 * Version 2 of the dog registration, for tests of what no service of the demo city uses: it begins with a clerk and a
 * deadline that moves it, asks for money, a day and a choice, and lets another organisation decide between two ways.
 */
export async function clubVersion(ctx: Ctx): Promise<ServiceDefinition> {
  const dogs = (await definitionOf(ctx, 'dog-registration', 1))!
  const states = dogs.workflow.states.map((state) =>
    state.name === 'received' ? { ...state, kind: 'clerk' as const, deadline: { workingDays: 5 } } : state,
  )
  const club = { name: 'club', kind: 'waiting', waitsFor: 'partner', deadline: { days: 14 }, checks: [] } as const
  const transitions = [
    ...dogs.workflow.transitions.filter(({ from }) => !from.includes('received')),
    transition({
      name: 'ask-club',
      from: ['received'],
      to: 'club',
      by: 'clerk',
      fields: [field('deposit', 'money'), field('visit', 'date'), field('kind', 'choice', ['guide', 'rescue'])],
      actions: [{ do: 'notify', template: 'club', input: { deposit: 'input.deposit', visit: 'input.visit' } }],
    }),
    transition({ name: 'left-lying', from: ['received'], to: 'review', by: 'system', on: 'deadline', hasReason: true }),
    transition({
      name: 'agree',
      from: ['club'],
      to: 'review',
      by: 'partner',
      fields: [field('grade', 'choice', ['a', 'b'])],
    }),
    transition({ name: 'object', from: ['club'], to: 'refused', by: 'partner', fields: [field('grounds', 'text')] }),
    transition({ name: 'never', from: ['club'], to: 'refused', by: 'partner', when: 'case.channel = "api"' }),
  ]
  return {
    ...dogs,
    version: 2,
    workflow: { ...dogs.workflow, states: [...states, club], transitions },
    texts: { de: withWords(dogs.texts.de), en: withWords(dogs.texts.en) },
  }
}

const withWords = (texts: ServiceDefinition['texts']['de']): ServiceDefinition['texts']['de'] => ({
  ...texts,
  states: { ...texts.states, club: { plain: 'Der Verein prüft', next: 'Wir warten auf den Verein.' } },
  transitions: {
    ...texts.transitions,
    'ask-club': {
      label: 'Verein fragen',
      says: 'Der Verein ist gefragt.',
      fields: { deposit: 'Pfand', visit: 'Besuch am', kind: 'Art' },
      options: { kind: { guide: 'Blindenführhund', rescue: 'Rettungshund' } },
    },
    'left-lying': { label: 'Liegen geblieben', says: 'Die Frist ist um.', reason: 'Niemand hat angefangen.' },
    agree: {
      label: 'Wir stimmen zu',
      says: 'Der Verein stimmt zu.',
      fields: { grade: 'Note' },
      options: { grade: { a: 'Mit Auszeichnung', b: 'Bestanden' } },
    },
    object: { label: 'Wir lehnen ab', says: 'Der Verein lehnt ab.', fields: { grounds: 'Warum' } },
    never: { label: 'Nie', says: 'Nie.' },
  },
  notices: {
    ...texts.notices,
    club: { subject: 'Der Verein', paragraphs: ['Pfand {deposit}, Besuch am {visit}, {kind}.'] },
  },
})

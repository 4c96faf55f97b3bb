import * as c from '../components/index.ts'
import { html, type Html } from '../html.ts'

type At = c.At

const rows = [
  { number: 'BP-2026-000123-4', name: 'Becker, Anna', state: 'In Prüfung', cents: 3070 },
  { number: 'BP-2026-000124-2', name: 'Yılmaz, Mehmet', state: 'Bewilligt', cents: 3070 },
]

const columns: readonly c.Column<(typeof rows)[number]>[] = [
  { key: 'number', title: 'Aktenzeichen', cell: (row) => c.link('#', row.number), sortable: true, nowrap: true },
  { key: 'name', title: 'Person', cell: (row) => row.name, sortable: true },
  { key: 'state', title: 'Stand', cell: (row) => c.badge({ kind: 'info', label: row.state, small: true }) },
  { key: 'fee', title: 'Gebühr', cell: (row) => `${row.cents / 100} €`, numeric: true },
  { key: 'action', title: 'Aktionen', titleHidden: true, cell: () => c.link('#', 'Öffnen') },
]

const choices = [
  { value: 'a', label: 'Zum ersten Mal', hint: 'Sie hatten noch keinen Ausweis.' },
  { value: 'b', label: 'Verlängerung' },
]

/** Every component in its states, by name: for html-validate and for looking at them. */
export function gallery(at: At): Readonly<Record<string, Html>> {
  const error = 'Geben Sie das Kennzeichen so ein: S-AB 1234'
  return {
    heading: c.pageHeading({
      title: 'Bewohnerparkausweis',
      preline: 'Leistung',
      lead: 'Mit dem Ausweis parken Sie in Ihrem Viertel ohne Parkschein.',
      badge: c.badge({ kind: 'success', label: 'Online möglich' }),
      actions: c.linkButton({ label: 'Bearbeiten', href: '#' }),
    }),
    errorSummary: c.errorSummary(at, { plate: error, birthDate: 'Den 30. Februar gibt es nicht.' }),
    errorSummaryOfAForm: c.errorSummary(at, [{ field: '', message: 'Der Vorgang wurde geändert.' }]),
    text: c.textField(at, {
      name: 'plate',
      label: 'Kennzeichen',
      hint: 'Zum Beispiel S-AB 1234',
      value: '<"&',
      error,
      width: 10,
    }),
    textPlain: c.textField(at, {
      name: 'given.name',
      label: 'Vorname',
      autocomplete: 'given-name',
      source: 'Aus Ihrem Datenkonto',
    }),
    keyboard: c.keyboard(at, { field: 'code', signs: 'A2', most: 8 }),
    keyboardSent: c.keyboard(at, { field: 'code', signs: '12', most: 8, sent: { sign: 'sign', erase: 'erase' } }),
    suggestions: c.textField(at, { name: 'street', label: 'Straße', suggestions: ['Hauptstraße', 'Neckargasse'] }),
    email: c.emailField(at, { name: 'email', label: 'E-Mail', optional: true }),
    telephone: c.telephoneField(at, { name: 'telephone', label: 'Telefon' }),
    number: c.numberField(at, { name: 'n', label: 'Anzahl', value: '2', suffix: 'Stück' }),
    money: c.moneyField(at, { name: 'cents', label: 'Betrag', value: '12,50' }),
    password: c.passwordField(at, { name: 'password', label: 'Passwort', autocomplete: 'current-password' }),
    textarea: c.textareaField(at, { name: 'note', label: 'Bemerkung', value: '\n<b>', maxLength: 500, hint: 'Kurz' }),
    date: c.dateField(at, {
      name: 'birthDate',
      label: 'Geburtsdatum',
      value: '1990-02-28',
      autocomplete: 'bday',
      hint: 'Zum Beispiel 28 2 1990',
    }),
    dateWrong: c.dateField(at, {
      name: 'start',
      label: 'Beginn',
      value: '30.x.2026',
      error: 'Geben Sie ein Datum an.',
    }),
    select: c.selectField(at, { name: 'zone', label: 'Zone', choices, value: 'b' }),
    selectWrong: c.selectField(at, { name: 'zone2', label: 'Zone', choices, error: 'Wählen Sie eine Zone.' }),
    radios: c.radioField(at, { name: 'kind', label: 'Welche Art?', choices, value: 'a', heading: true }),
    radiosWrong: c.radioField(at, {
      name: 'kind2',
      label: 'Welche Art?',
      choices,
      error: 'Wählen Sie eine Art.',
      horizontal: true,
    }),
    checkboxes: c.checkboxesField(at, {
      name: 'docs',
      label: 'Unterlagen',
      choices,
      values: ['a'],
      hint: 'Mehrere möglich',
      optional: true,
    }),
    checkbox: c.checkboxField(at, {
      name: 'send',
      label: 'Auch per E-Mail',
      checked: true,
      hint: 'An anna@example.org',
      optional: true,
    }),
    consent: c.consentField(at, {
      name: 'consent',
      label: 'Ich bin einverstanden.',
      text: 'Wir fragen das Melderegister.',
      error: 'Ohne geht es nicht.',
    }),
    fieldset: c.fieldset(
      at,
      { legend: 'Anschrift', hint: 'In Musterstadt', error: 'Diese Anschrift gibt es nicht.' },
      c.textField(at, { name: 'hn', label: 'Hausnummer', width: 4 }),
    ),
    file: c.fileField(at, {
      name: 'proof',
      label: 'Zulassungsbescheinigung',
      accept: ['application/pdf', 'image/jpeg'],
      kinds: 'PDF, JPG',
      maxBytes: 5_000_000,
      files: [{ id: '1', name: 'schein.jpg', bytes: 1_234_567, href: '#' }],
      remove: 'remove',
      error: 'Die Datei ist zu groß.',
    }),
    form: c.form(
      { action: '#', multipart: true, label: 'Probe' },
      c.hiddenField('a', '"'),
      c.buttonGroup(
        c.button({ label: 'Weiter' }),
        c.button({ label: 'Speichern', kind: 'secondary', name: 'save', value: '1' }),
        c.linkButton({ label: 'Abbrechen', href: '#', kind: 'tertiary' }),
      ),
    ),
    danger: c.buttonForm({ action: '#', label: 'Löschen', about: 'Zone A', kind: 'danger', fields: { id: '1' } }),
    alerts: c.stack(
      ...(['info', 'success', 'warning', 'danger'] as const).map((kind) =>
        c.alert(at, { kind, title: `Eine Meldung: ${kind}`, body: 'Was das heißt und was zu tun ist.' }),
      ),
    ),
    live: c.alert(at, { kind: 'success', title: 'Gespeichert', live: true }),
    notice: c.notice('Dauert meist zwei Tage.'),
    badges: html`<p>${(['info', 'success', 'warning', 'danger', 'neutral'] as const).map((kind) => html`${c.badge({ kind, label: kind })} ${c.badge({ kind, label: kind, small: true })} `)}</p>`,
    table: c.table(at, {
      caption: 'Vorgänge',
      columns,
      rows,
      sort: { by: 'number', direction: 'asc', href: (by, direction) => `?sort=${by}&dir=${direction}` },
    }),
    tableDense: c.form(
      { action: '#', id: 'bulk' },
      c.table(at, {
        caption: 'Eingang',
        columns,
        rows,
        dense: true,
        select: { name: 'case', value: (row) => row.number, label: (row) => `${row.number} auswählen` },
        rowData: () => ({ state: 'review' }),
      }),
      c.button({ label: 'Übernehmen', data: { key: 't' } }),
    ),
    tableWide: c.table(at, {
      caption: 'Gebühren',
      columns,
      rows,
      stack: false,
      footer: ['Summe', '', '', '61,40 €', ''],
    }),
    tableEmpty: c.table(at, {
      caption: 'Nichts',
      columns,
      rows: [],
      empty: c.emptyState({
        title: 'Noch keine Anträge',
        body: 'Hier stehen Ihre Anträge, sobald Sie einen stellen.',
        action: c.linkButton({ label: 'Leistung suchen', href: '#' }),
      }),
    }),
    pagination: c.pagination(at, { page: 5, pageSize: 25, total: 1234, href: (page) => `?seite=${page}` }),
    descriptionList: c.descriptionList(at, [
      { label: 'Name', value: 'Anna Becker' },
      { label: 'Telefon', value: null },
    ]),
    summary: c.summaryList(at, {
      title: 'Ihr Fahrzeug',
      entries: [
        { label: 'Kennzeichen', value: 'MU-AB 123', changeHref: '#plate' },
        { label: 'Marke', value: '', changeHref: '#make' },
      ],
    }),
    summaryChanged: c.summaryList(at, {
      title: 'Ihre Anschrift',
      changeHref: '#',
      headingLevel: 3,
      entries: [{ label: 'Straße', value: 'Hauptstraße 1' }],
    }),
    timeline: c.timeline(at, [
      {
        title: 'Antrag eingegangen',
        when: '20. November 2026, 21:14 Uhr',
        datetime: '2026-11-20T20:14:00Z',
        who: 'Sie',
      },
      { title: 'Wir prüfen Ihren Antrag', when: '21. November 2026', state: 'current', body: 'Bis 4. Dezember.' },
      { title: 'Bescheid', when: 'danach', state: 'next' },
    ]),
    progress: c.progress(at, { step: 2, of: 5 }),
    back: c.backLink(at, '#'),
    cards: c.cardGrid([
      c.card({ title: 'Bewohnerparkausweis', href: '#', body: 'Parken in Ihrem Viertel.' }),
      c.card({
        title: 'Hund anmelden',
        href: '#',
        preline: 'Steueramt',
        badge: c.badge({ kind: 'success', label: 'Online', small: true }),
      }),
      c.card({ title: 'Ohne Verweis', body: 'Nur Text.', footer: c.link('#', 'Mehr') }),
    ]),
    tabs: c.tabs('Ansichten', [
      { label: 'Offen', href: '#', current: true, count: 80 },
      { label: 'Erledigt', href: '#' },
    ]),
    search: c.searchField(at, {
      action: '#',
      label: 'Was möchten Sie erledigen?',
      hint: 'Zum Beispiel Parkausweis',
      large: true,
      suggest: '/api/v1/search',
    }),
    filter: c.filterBar(
      at,
      { action: '#', resetHref: '#', hidden: { sort: 'date' } },
      c.selectField(at, { name: 'state', label: 'Stand', choices, optional: true }),
      c.textField(at, { name: 'from', label: 'Von', width: 10, optional: true }),
    ),
    copyable: c.copyable(at, 'BP-2026-000123-4', { label: 'Aktenzeichen' }),
    facts: c.factBox(
      [
        { label: 'Kosten', value: '30,70 € im Jahr' },
        { label: 'Dauer', value: 'sofort' },
      ],
      { title: 'Auf einen Blick', action: c.linkButton({ label: 'Jetzt beantragen', href: '#', kind: 'primary' }) },
    ),
    details: c.details({ summary: 'Rechtsgrundlage' }, c.prose(html`<p>§ 45 StVO</p>`)),
    columns: c.columns(c.prose(html`<p>Links</p>`), c.prose(html`<p>Rechts</p>`), { label: 'Aktionen' }),
    lists: c.stack(
      c.list(['eins', 'zwei']),
      c.list([c.link('#', 'drei')], { plain: true }),
      c.list(['vier'], { numbered: true }),
    ),
    external: html`<p>${c.link('https://example.org', 'Amtsblatt', { external: true })}</p>`,
    crumbs: c.breadcrumb(at, [{ label: 'Leistungen', href: '#' }, { label: 'Bewohnerparken' }]),
    section: c.section(
      { title: 'Was Sie brauchen', id: 'brauchen', actions: c.link('#', 'Alle') },
      c.prose(html`<p>Den Fahrzeugschein.</p>`),
    ),
  }
}

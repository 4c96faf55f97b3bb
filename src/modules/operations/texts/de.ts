import type { Cause } from '../domain/diagnosis.ts'
import type { JobState } from '../store/jobs.ts'

const causes: Record<Cause, { title: (subject: string) => string; advice: string }> = {
  'probe-failed': {
    title: (names) => `Antwortet nicht: ${names}`,
    advice:
      'Sehen Sie unten bei „Verbindungen“, was die Gegenstelle sagt. Was liegen bleibt, wird später von selbst nachgeholt.',
  },
  'jobs-failed': {
    title: (count) => `Endgültig gescheiterte Aufträge: ${count}`,
    advice:
      'Öffnen Sie „Aufträge“, lesen Sie den Fehler, beheben Sie die Ursache, und lassen Sie die Aufträge noch einmal laufen.',
  },
  'jobs-late': {
    title: (minutes) => `Aufträge warten seit ${minutes} Minuten`,
    advice: 'Läuft ein Arbeiter? JOB_CONCURRENCY muss größer als 0 sein, oder „bin/rathaus worker“ muss laufen.',
  },
  'jobs-retrying': {
    title: (count) => `Aufträge im Wiederholungsversuch: ${count}`,
    advice: 'Das geht meist von selbst vorbei, zum Beispiel wenn der Mailserver wieder antwortet.',
  },
  'requests-failed': {
    title: (count) => `Seiten mit Programmfehler: ${count}`,
    advice:
      'Unten steht, welche Seite es ist. Im Protokoll des Programms finden Sie die Stelle mit „unexpected error“.',
  },
  'pool-exhausted': {
    title: (count) => `Anfragen warten auf eine Datenbankverbindung: ${count}`,
    advice:
      'Meist hält eine lange Abfrage die Verbindungen, siehe „Lange Abfragen“. Sonst hilft ein größeres POOL_SIZE.',
  },
  'loop-late': {
    title: (ms) => `Das Programm kommt nicht nach: ${ms} ms Verzug`,
    advice: 'Der Prozessor ist ausgelastet. Sehen Sie bei „Wo die Zeit bleibt“, welche Seite es ist.',
  },
  'memory-high': {
    title: (mb) => `Viel Arbeitsspeicher: ${mb} MB`,
    advice: 'Ein Neustart hilft sofort, er dauert wenige Sekunden. Bleibt es dabei, melden Sie es bitte als Fehler.',
  },
  'database-slow': {
    title: (ms) => `Die Datenbank antwortet langsam: ${ms} ms`,
    advice: 'Prüfen Sie Netz, Platte und Last des Datenbankservers.',
  },
  locks: {
    title: (count) => `Abfragen warten auf eine Sperre: ${count}`,
    advice: 'Unter „Lange Abfragen“ steht, wer wartet und auf wen.',
  },
  'slow-statements': {
    title: (count) => `Lange Abfragen oder offene Transaktionen: ${count}`,
    advice: 'Sie stehen unten mit ihrer Dauer.',
  },
  'cache-cold': {
    title: (percent) => `Nur ${percent} % der Daten liegen im Speicher`,
    advice: 'Nach einem Neustart ist das normal. Sonst braucht die Datenbank mehr Speicher (shared_buffers).',
  },
  'routes-slow': {
    title: (routes) => `Langsame Seiten: ${routes}`,
    advice: 'Sehen Sie bei „Wo die Zeit bleibt“, wie oft und wie lange.',
  },
}

const states: Record<JobState, string> = {
  failed: 'Gescheitert',
  retrying: 'In Wiederholung',
  running: 'Läuft gerade',
  due: 'Fällig',
  later: 'Für später',
}

export const de = {
  title: 'Betrieb',
  tabs: { label: 'Betrieb', overview: 'Überblick', jobs: 'Aufträge', audit: 'Protokoll', retention: 'Löschfristen' },
  causes,
  overview: {
    lead: (when: string) => `Gemessen um ${when}. Laden Sie die Seite neu, um noch einmal zu messen.`,
    well: 'Alles läuft',
    wellBody: 'Verbindungen antworten, kein Auftrag ist gescheitert, keine Seite ist langsam.',
    findings: 'Was jetzt auffällt',
    glance: 'Auf einen Blick',
    uptime: 'Laufzeit',
    version: 'Version',
    memory: 'Arbeitsspeicher',
    loop: 'Verzug des Programms',
    load: 'Last der Maschine',
    loadValue: (load: string, processors: string) => `${load} bei ${processors} Prozessoren`,
    pool: 'Datenbankverbindungen',
    poolValue: (open: string, most: string, idle: string, waiting: string) =>
      `${open} von ${most} offen, ${idle} frei, ${waiting} Anfragen warten`,
    ping: 'Antwort der Datenbank',
    database: 'Datenbank',
    databaseValue: (version: string, size: string, own: string) =>
      `PostgreSQL ${version}, ${size} insgesamt, davon diese Stadt ${own}`,
    connections: 'Verbindungen am Server',
    connectionsValue: (now: string, most: string) => `${now} von ${most}`,
    cache: 'Treffer im Speicher',
    jobs: 'Aufträge',
    jobsValue: (failed: string, retrying: string, running: string, due: string) =>
      `${failed} gescheitert, ${retrying} in Wiederholung, ${running} laufen, ${due} fällig`,
    routes: 'Wo die Zeit bleibt',
    routesSinceStart:
      'Alle Städte dieses Prozesses, seit dem Start. Laden Sie in einer Minute neu, dann steht hier das Neueste.',
    routesRecent: (minutes: string) => `Alle Städte dieses Prozesses, in den letzten ${minutes} Minuten.`,
    noRoutes: 'Noch keine Anfragen gezählt.',
    route: 'Seite',
    requests: 'Anfragen',
    failed: 'Fehler',
    mean: 'Mittel',
    p95: '95 von 100 unter',
    total: 'Zeit insgesamt',
    over: (ms: string) => `über ${ms}`,
    statements: 'Lange Abfragen',
    statementsNone: 'Keine Abfrage läuft länger als zwei Sekunden.',
    statement: 'Abfrage',
    seconds: 'Dauer',
    state: 'Zustand',
    waitsFor: 'Wartet auf',
    blockedBy: (pids: string) => `Prozess ${pids}`,
    probes: 'Verbindungen',
    probesNone: 'Kein Modul hat eine Verbindung nach außen.',
    probe: 'Verbindung',
    answer: 'Antwort',
    ok: 'In Ordnung',
    bad: 'Gestört',
    tables: 'Größte Tabellen',
    table: 'Tabelle',
    size: 'Größe',
    rows: 'Zeilen (geschätzt)',
    dead: 'Tote Zeilen',
  },
  jobs: {
    lead: 'Mails, Bescheide, Ereignisse: alles, was nach einer Eingabe im Hintergrund geschieht.',
    states,
    name: 'Auftrag',
    attempts: 'Versuche',
    attemptsValue: (done: string, most: string) => `${done} von ${most}`,
    next: 'Nächster Versuch',
    since: 'Angelegt',
    error: 'Letzter Fehler',
    request: 'Anfrage',
    retry: 'Noch einmal versuchen',
    retryAll: 'Alle gescheiterten noch einmal versuchen',
    retried: (count: number) =>
      count === 1 ? 'Ein Auftrag läuft gleich noch einmal.' : `${count} Aufträge laufen gleich noch einmal.`,
    retriedNone: 'Da war nichts mehr zu wiederholen.',
    emptyTitle: 'Keine Aufträge in diesem Zustand',
    emptyBody: 'Aufträge entstehen von selbst, zum Beispiel wenn eine Nachricht zu senden ist.',
    caption: (state: string) => `Aufträge: ${state}`,
  },
  audit: {
    lead: 'Wer hat wann was geändert? Jeder Eintrag hängt mit seinem Vorgänger zusammen, eine Änderung fällt auf.',
    logged: 'Dass Sie hier suchen, wird festgehalten.',
    seals: (seals: string, when: string, open: string) =>
      `${seals} Siegel, das letzte ${when}. ${open} Einträge sind noch nicht versiegelt.`,
    noSeals: 'Noch kein Siegel. Es entsteht jede Minute von selbst.',
    verify: 'Die ganze Kette prüft „bin/rathaus doctor“.',
    subject: 'Gegenstand',
    subjectHint: 'Beginn genügt, zum Beispiel case: oder account:',
    action: 'Vorgang',
    actionHint: 'Beginn genügt, zum Beispiel cases.',
    actor: 'Wer',
    actorHint: 'E-Mail-Adresse oder system',
    from: 'Von Tag',
    until: 'Bis Tag',
    at: 'Zeit',
    data: 'Angaben',
    show: 'Zeigen',
    system: 'System',
    unknown: 'Gelöschtes Konto',
    noAccount: 'Zu dieser E-Mail-Adresse gibt es kein Konto.',
    caption: 'Einträge im Protokoll, die neuesten zuerst',
    emptyTitle: 'Keine Einträge',
    emptyBody:
      'Zu dieser Suche gibt es nichts. Einträge entstehen bei jeder Änderung an Vorgängen, Konten und Zahlungen.',
  },
  retention: {
    lead: 'Welche Daten die Stadt hält, wozu, und wann sie gelöscht werden. Jede Nacht um 3:23 Uhr wird aufgeräumt.',
    table: 'Tabelle',
    purpose: 'Wozu',
    rule: 'Wann gelöscht wird',
    how: 'Wie',
    automatic: 'jede Nacht',
    withOthers: 'mit anderen',
    rows: 'Zeilen (geschätzt)',
    emptyTitle: 'Keine Regeln',
    emptyBody: 'Kein Bereich hält Daten über Menschen.',
    caption: 'Löschfristen nach Bereich',
  },
}

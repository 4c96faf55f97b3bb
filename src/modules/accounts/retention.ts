import type { RetentionRule } from '#platform/module.ts'
import { deleteOldAttempts } from './store/attempts.ts'
import { deleteOldReadings } from './store/data-safe.ts'
import { deleteOldSessions } from './store/sessions.ts'
import { deleteOldTokens } from './store/tokens.ts'

/** What accounts keep about people, what for, and when it goes. */
export const retention: readonly RetentionRule[] = [
  {
    table: 'accounts_account',
    purpose: { de: 'Anmeldung, damit Sie Ihre Anträge sehen', en: 'Signing in, so that you see your applications' },
    rule: { de: 'bis Sie das Konto löschen', en: 'until you delete the account' },
  },
  {
    table: 'accounts_safe',
    purpose: { de: 'Formulare vorausfüllen', en: 'Filling in forms' },
    rule: { de: 'bis Sie die Daten oder das Konto löschen', en: 'until you delete the data or the account' },
  },
  {
    table: 'accounts_safe_reading',
    purpose: { de: 'Ihnen zeigen, wer Ihre Daten gelesen hat', en: 'Showing you who has read your data' },
    rule: { de: 'zwei Jahre', en: 'two years' },
    run: deleteOldReadings,
  },
  {
    table: 'accounts_session',
    purpose: { de: 'Sie angemeldet halten', en: 'Keeping you signed in' },
    rule: { de: 'eine Woche nach dem Abmelden', en: 'one week after signing out' },
    run: deleteOldSessions,
  },
  {
    table: 'accounts_token',
    purpose: { de: 'Links in E-Mails und Zugänge für Programme', en: 'Links in emails and access for programs' },
    rule: { de: 'eine Woche, nachdem sie benutzt oder abgelaufen sind', en: 'one week after use or expiry' },
    run: deleteOldTokens,
  },
  {
    table: 'accounts_attempt',
    purpose: { de: 'Erraten von Passwörtern verhindern', en: 'Preventing the guessing of passwords' },
    rule: { de: 'einen Tag, nur als Prüfsumme', en: 'one day, hashed' },
    run: deleteOldAttempts,
  },
]

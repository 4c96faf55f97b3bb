import { html, type Html } from '../html.ts'

/** Names of KERN icons; others of the set are cut from the stylesheet (see `assets/kern.ts`). */
export const ICONS = [
  'account-circle', 'add', 'arrow-back', 'arrow-down', 'arrow-forward', 'arrow-up', 'calendar-today', 'check', 'checklist',
  'chevron-left', 'chevron-right', 'close', 'content-copy', 'danger', 'delete', 'dehaze', 'download', 'draft', 'edit', 'help',
  'home', 'info', 'language', 'logout', 'mail', 'open-in-new', 'search', 'success', 'visibility', 'warning',
] as const // prettier-ignore

export type Icon = (typeof ICONS)[number]

/** Decoration beside words; never alone. */
export const icon = (name: Icon): Html => html`<span class="kern-icon kern-icon--${name}" aria-hidden="true"></span>`

import type { JsonValue } from './answers.ts'
import type { IssueCode } from './issue.ts'

/** A value as it is kept (`kept`) and as FEEL sees it (`feel`), or what is wrong with it; `at` names a part of it. */
export type Read =
  | { readonly ok: true; readonly kept: JsonValue; readonly feel: unknown }
  | { readonly ok: false; readonly issues: readonly { code: IssueCode; at?: string; limit?: number | string }[] }

export const bad = (code: IssueCode, limit?: number | string): Read => ({ ok: false, issues: [{ code, limit }] })
export const good = (kept: JsonValue, feel: unknown = kept): Read => ({ ok: true, kept, feel })

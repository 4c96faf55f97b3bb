import type { Ctx } from '#platform/context.ts'
import { fail, ok, type Result } from '#platform/problem.ts'
import { areBrowserKeys } from '#platform/push/encryption.ts'
import { isPushEndpoint } from '#platform/push/services.ts'
import { deleteBrowser, deleteBrowsersOf, putBrowser, renameTopic, setEnd } from '../store/browsers.ts'
import { pushHosts } from './keys.ts'

/** Telephone, tablet, watch: more browsers for one thing are somebody's game. */
const MOST_BROWSERS = 3

/** A `PushSubscription` as browsers write it (W3C Push API, `toJSON`). */
export interface PushSubscriptionJson {
  readonly endpoint: string
  readonly keys: { readonly p256dh: string; readonly auth: string }
}

/**
 * A browser wants to hear of a topic; one that does already gets its new keys. Who calls has locked what the topic is about.
 * @returns its id
 */
export async function subscribe(
  ctx: Ctx,
  topic: string,
  { endpoint, keys }: PushSubscriptionJson,
  { endsAt }: { readonly endsAt: Temporal.Instant },
): Promise<Result<string>> {
  if (!isPushEndpoint(endpoint, pushHosts(ctx)) || !areBrowserKeys(keys)) return fail('push-not-possible')
  const id = await putBrowser(ctx, topic, { endpoint, ...keys }, { endsAt, most: MOST_BROWSERS })
  return id === null ? fail('too-many-browsers') : ok(id)
}

/** How many browsers of the topic remain. */
export const unsubscribe = (ctx: Ctx, topic: string, id: string): Promise<number> => deleteBrowser(ctx, topic, id)

/** What it was about goes on under another name, and the same browsers hear of it. */
export const moveTopic = (ctx: Ctx, from: string, to: string): Promise<number> => renameTopic(ctx, from, to)

/**
 * Browsers hear of it until then; those for which it has ended already do not.
 * @returns how many they are
 */
export const keepTopicUntil = (ctx: Ctx, topic: string, endsAt: Temporal.Instant): Promise<number> =>
  setEnd(ctx, topic, endsAt)

/** It is over, and nobody hears of it any more. */
export async function endTopics(ctx: Ctx, topics: readonly string[]): Promise<void> {
  if (topics.length > 0) await deleteBrowsersOf(ctx, topics)
}

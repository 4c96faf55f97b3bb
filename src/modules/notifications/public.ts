/**
 * The door of notifications: tell somebody something by mail, SMS, portal inbox and push, once, in the caller's transaction.
 */
export type { Channel, Notice, PastMessage, Recipient } from './domain/notice.ts'
export { dialable, isMailAddress, isMobile, isTelephone } from './domain/notice.ts'
export { notify, notifyMany, recordPastMessages } from './notify.ts'
export { pushKey } from './push/keys.ts'
export {
  endTopics,
  keepTopicUntil,
  moveTopic,
  subscribe,
  unsubscribe,
  type PushSubscriptionJson,
} from './push/subscribe.ts'
export { PUSH_SCRIPT, pushSwitch } from './views/push-switch.ts'
export { unreadCount } from './store/inbox.ts'
export { moveCaseMessages } from './store/messages.ts'

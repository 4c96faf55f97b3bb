/**
 * The door of notifications: tell somebody something by mail, SMS and portal inbox, once, in the caller's transaction.
 */
export type { Channel, Notice, PastMessage, Recipient } from './domain/notice.ts'
export { dialable, isMailAddress, isMobile, isTelephone } from './domain/notice.ts'
export { notify, notifyMany, recordPastMessages } from './notify.ts'
export { unreadCount } from './store/inbox.ts'
export { moveCaseMessages } from './store/messages.ts'

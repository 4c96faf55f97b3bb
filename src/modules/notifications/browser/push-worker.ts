/**
 * Shows what the city sends by Web Push while its page is closed, and nothing else: it keeps no pages and sees no requests.
 * Each page that subscribes has one of its own, whose scope is its address: so that neither the city nor the push service
 * needs to know an address with a code in it.
 */
interface Said {
  readonly title: string
  readonly body: string
  readonly lang: string
  readonly tag: string
  readonly url: string | null
}

interface WorkerEvent {
  waitUntil(work: Promise<unknown>): void
}

interface PushReceived extends WorkerEvent {
  readonly data: { json(): Said } | null
}

interface NotificationTapped extends WorkerEvent {
  readonly notification: Notification
}

interface Page {
  readonly url: string
  focus(): Promise<unknown>
}

const worker = self as unknown as {
  readonly registration: ServiceWorkerRegistration
  readonly clients: {
    matchAll(options: object): Promise<readonly Page[]>
    openWindow(url: string): Promise<unknown>
  }
  addEventListener(type: 'push', does: (event: PushReceived) => void): void
  addEventListener(type: 'notificationclick', does: (event: NotificationTapped) => void): void
}

worker.addEventListener('push', (event) => {
  const said = event.data?.json()
  if (!said) return
  const { title, body, lang, tag, url } = said
  // `renotify`: what takes the place of an older one is heard, too.
  const shown = { body, lang, tag, renotify: true, data: url ?? ownPage(lang) }
  event.waitUntil(worker.registration.showNotification(title, shown))
})

worker.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(show(String(event.notification.data)))
})

/** The page that subscribed, in the language of the message. */
function ownPage(lang: string): string {
  const { origin, pathname } = new URL(worker.registration.scope)
  return origin + (lang === 'en' ? '/en' : '') + pathname
}

async function show(url: string): Promise<unknown> {
  const pages = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const open = pages.find((page) => pathOf(page.url) === pathOf(url))
  return open ? open.focus() : worker.clients.openWindow(url)
}

const pathOf = (url: string): string => new URL(url).pathname.replace(/^\/en(?=\/)/, '')

import type { Ctx } from '#platform/context.ts'
import { perCity } from '#platform/per-city.ts'
import type { Room } from './domain/room.ts'
import { versionsOf } from './store/offices.ts'
import { readRoom } from './use-cases/room.ts'

/** How old a screen may be with respect to what other processes do, in milliseconds. */
const LOOK_AGAIN_MS = 200
/** Waiting times change while nothing happens. */
const SHOW_AGAIN_MS = 20_000

type Listener = (room: Room) => void

interface Watched {
  room: Room
  shownAt: number
  readonly listeners: Set<Listener>
}

/** Offices of one city that somebody looks at. */
class Watch {
  readonly #ctx: Ctx
  readonly #offices = new Map<string, Watched>()
  #timer: NodeJS.Timeout | null = null
  #looking: Promise<void> | null = null

  constructor(ctx: Ctx) {
    // Nobody's: what is read is the same for all, and outlives the request that began it.
    this.#ctx = { ...ctx, account: null, db: ctx.app.tenants.db(ctx.tenant) }
  }

  async add(office: string, listener: Listener): Promise<() => void> {
    const room = await readRoom(this.#ctx, office)
    let watched = this.#offices.get(office)
    if (!watched)
      this.#offices.set(office, (watched = { room, shownAt: performance.now(), listeners: new Set<Listener>() }))
    const { listeners } = watched
    listeners.add(listener)
    this.#timer ??= setInterval(() => void this.look(), LOOK_AGAIN_MS)
    listener(watched.room)
    return () => {
      listeners.delete(listener)
      if (listeners.size === 0) this.#offices.delete(office)
      if (this.#offices.size > 0 || !this.#timer) return
      clearInterval(this.#timer)
      this.#timer = null
    }
  }

  /** What has just been changed may have come too late for a look under way. */
  async lookAgain(): Promise<void> {
    await this.#looking
    await this.look()
  }

  /** Asks once for all offices and all who look at them. */
  look(): Promise<void> {
    this.#looking ??= this.#look()
      .catch((error: unknown) => this.#ctx.log.debug({ error: String(error) }, 'waiting rooms could not be read'))
      .finally(() => (this.#looking = null))
    return this.#looking
  }

  async #look(): Promise<void> {
    if (this.#offices.size === 0) return
    const versions = await versionsOf(this.#ctx, [...this.#offices.keys()])
    for (const { office, version } of versions) {
      const watched = this.#offices.get(office)
      if (watched && watched.room.version !== version) {
        watched.room = await readRoom(this.#ctx, office)
        show(watched)
      }
    }
    for (const watched of this.#offices.values()) if (performance.now() - watched.shownAt > SHOW_AGAIN_MS) show(watched)
  }
}

function show(watched: Watched): void {
  watched.shownAt = performance.now()
  for (const listener of watched.listeners) listener(watched.room)
}

const watchOf = perCity((ctx: Ctx) => new Watch(ctx))

/** Hears of an office at once and with each change, until what it returns is called. */
export const watchRoom = (ctx: Ctx, office: string, listener: Listener): Promise<() => void> =>
  watchOf(ctx).add(office, listener)

/** What this process has changed itself need not wait for the next look. After the transaction. */
export const lookAgain = (ctx: Ctx): void => void watchOf(ctx).lookAgain()

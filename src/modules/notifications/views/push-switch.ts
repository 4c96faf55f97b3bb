import type { Ctx } from '#platform/context.ts'
import { attributes } from '#platform/html/attributes.ts'
import { href } from '#platform/html/href.ts'
import { html, nothing, type Html } from '#platform/html/html.ts'
import { texts } from '../texts/index.ts'

/** For `scripts` of the page that shows the switch. */
export const PUSH_SCRIPT = 'notifications-push.js'

/**
 * "Notify me on this device": shown by its script alone, where the browser can, see `browser/push.ts`.
 * @param path of the page that subscribes: a tap on a message leads there
 * @param browsers path of the operations that put and delete this browser
 * @param key the city's, `pushKey`
 * @param when when this device says something, in the person's words
 */
export function pushSwitch(
  ctx: Ctx,
  o: {
    readonly path: string
    readonly browsers: string
    readonly key: string
    readonly when: string
    /** It is over: a browser that still listens may stop. */
    readonly isOver?: boolean
  },
): Html {
  const t = texts(ctx).push
  const button = (does: 'on' | 'off', label: string) =>
    html`<button${attributes({ class: 'kern-btn kern-btn--secondary', type: 'button', 'data-does': does })}><span class="kern-label">${label}</span></button>`
  return html`<notifications-push${attributes({
    class: 'rh-switch',
    hidden: true,
    'data-path': o.path,
    'data-browsers': href(ctx, o.browsers),
    'data-key': o.key,
    'data-worker': ctx.app.assets.url('notifications-push-worker.js'),
    'data-over': o.isOver,
  })}>${
    o.isOver
      ? nothing
      : html`<div data-when="off">${button('on', t.on)}<p class="kern-hint">${o.when}</p></div>
          <p${attributes({ role: 'status', 'data-said': true, 'data-on': t.isOn, 'data-denied': t.denied, 'data-failed': t.failed })}></p>
          <div data-when="on" hidden>${button('off', t.off)}</div>`
  }</notifications-push>`
}

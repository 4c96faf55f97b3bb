import { html as tag, raw as rawString } from 'hono/html'

/** Escaped markup. Everything put into the `html` tag is escaped unless it is `Html` already; arrays are joined. */
export type Html = ReturnType<typeof rawString>

/** The escaping template tag. Views are synchronous: load first, then render. */
export const html = (strings: TemplateStringsArray, ...values: unknown[]): Html => tag(strings, ...values) as Html

/** Markup that is known to be safe. Never for anything that somebody typed. */
export const raw = (markup: string): Html => rawString(markup)

export const nothing: Html = raw('')

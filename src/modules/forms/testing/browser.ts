import type { Answer, CityHandle, Fields, FormFile } from '#src/testing/handle.ts'

/** A browser without JavaScript: keeps cookies, follows redirects, and sends the form of its page as it stands. */
export class Browser {
  readonly #city: CityHandle
  #cookies: Record<string, string> = {}
  as: string | undefined
  page: Answer | null = null
  path = ''

  constructor(city: CityHandle, as?: string) {
    this.#city = city
    this.as = as
  }

  async get(path: string): Promise<Answer> {
    return this.#arrive(path, await this.#city.get(path, this.#asking()))
  }

  async post(path: string, fields: Fields): Promise<Answer> {
    return this.#arrive(path, await this.#city.post(path, fields, this.#asking()))
  }

  /** Fills in the form of this page and presses the button. */
  async submit(typed: Fields = {}, button = 'weiter', files: readonly FormFile[] = []): Promise<Answer> {
    const { action, fields, multipart } = this.form()
    const all = { ...fields, ...typed, ...(button.includes('=') ? pair(button) : { aktion: button }) }
    if (!multipart) return this.post(action, all)
    return this.#arrive(action, await this.#city.upload(action, files, all, this.#asking()))
  }

  /** The form of the page: where it goes, and what its fields hold. */
  form(): { action: string; fields: Record<string, string | string[]>; multipart: boolean } {
    const [, attributes = '', inner = ''] =
      /<form([^>]*method="post"[^>]*antrag[^>]*|[^>]*antrag[^>]*method="post"[^>]*)>([\s\S]*?)<\/form>/.exec(
        this.page?.body ?? '',
      ) ?? []
    const fields: Record<string, string | string[]> = {}
    for (const [, tag = ''] of inner.matchAll(/<input([^>]*)>/g)) {
      const type = attribute(tag, 'type')
      const name = attribute(tag, 'name')
      if (!name || type === 'file' || ((type === 'radio' || type === 'checkbox') && !/\schecked/.test(tag))) continue
      fields[name] = attribute(tag, 'value')
    }
    for (const [, tag = '', value = ''] of inner.matchAll(/<textarea([^>]*)>([\s\S]*?)<\/textarea>/g)) {
      fields[attribute(tag, 'name')] = unescape(value)
    }
    return { action: attribute(attributes, 'action'), fields, multipart: attributes.includes('multipart') }
  }

  /** Texts of the error summary. */
  errors(): string[] {
    const [, list = ''] = /rh-errors__list">([\s\S]*?)<\/ul>/.exec(this.page?.body ?? '') ?? []
    return [...list.matchAll(/<li>([\s\S]*?)<\/li>/g)].map(([, item = '']) => unescape(item.replace(/<[^>]+>/g, '')))
  }

  title(): string {
    return unescape((/<h1[^>]*>([\s\S]*?)<\/h1>/.exec(this.page?.body ?? '')?.[1] ?? '').replace(/<[^>]+>/g, '').trim())
  }

  /** The same browser in another window. */
  twin(): Browser {
    const twin = new Browser(this.#city, this.as)
    twin.#cookies = { ...this.#cookies }
    twin.page = this.page
    twin.path = this.path
    return twin
  }

  get cookies(): Readonly<Record<string, string>> {
    return this.#cookies
  }

  /** The session ends; the browser's other cookies stay. */
  signOut(): void {
    this.as = undefined
  }

  #asking() {
    return { as: this.as, cookies: this.#cookies }
  }

  async #arrive(path: string, answer: Answer): Promise<Answer> {
    for (const [name, value] of Object.entries(answer.cookies)) this.#cookies[name] = value
    if (answer.status === 303) return this.get(answer.location)
    this.page = answer
    this.path = path
    return answer
  }
}

const pair = (button: string): Record<string, string> => {
  const [name = '', value = ''] = button.split('=')
  return { [name]: value }
}

const attribute = (tag: string, name: string): string =>
  unescape(new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '')

const unescape = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')

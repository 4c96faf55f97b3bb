import type { App } from '#platform/app.ts'
import type { ExtensionPoint } from '#platform/extension.ts'
import { accountMailer, type AccountMail, type AccountMailer } from './mail.ts'

/** For tests: what accounts want mailed, kept in a list besides going where mails go. */
export function catchMails(app: App): AccountMail[] {
  const mails: AccountMail[] = []
  const before = app.extensions.bind(app)
  const mailer: AccountMailer = (_ctx, mail) => {
    mails.push(mail)
    return Promise.resolve()
  }
  const extensions = <T>(point: ExtensionPoint<T>): ReadonlyMap<string, T> => {
    const provided = before(point)
    return point.point === accountMailer.point ? new Map([...provided, ['test', mailer as T]]) : provided
  }
  Object.assign(app, { extensions })
  return mails
}

/** The secret in the link of a mail. */
export const codeOf = (mail: AccountMail | undefined): string =>
  new URLSearchParams(mail?.link?.path.split('?')[1]).get('code') ?? ''

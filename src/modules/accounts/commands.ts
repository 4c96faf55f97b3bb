import { OperatorError } from '#platform/operator-error.ts'
import { parseArgs } from 'node:util'
import { audit } from '#platform/audit/audit.ts'
import type { Ctx } from '#platform/context.ts'
import { transaction } from '#platform/db/transaction.ts'
import type { Command } from '#platform/module.ts'
import type { Account } from './domain/account.ts'
import { addStaff } from './people.ts'
import { accountByEmail } from './store/accounts.ts'
import { accountsForCommand } from './store/administration.ts'
import { issueApiToken, issueLink, revokeApiTokens } from './store/tokens.ts'
import { disable, sendInvitation } from './use-cases/administration.ts'

/** Hours that a token from the command line works where none are named. */
const TOKEN_HOURS = 8

const options = {
  mail: { type: 'string' },
  account: { type: 'string' },
  name: { type: 'string' },
  unit: { type: 'string', default: 'rathaus' },
  role: { type: 'string', multiple: true },
  hours: { type: 'string' },
  scope: { type: 'string' },
  revoke: { type: 'boolean' },
} as const

type Values = ReturnType<typeof read>
const read = (args: readonly string[]) => parseArgs({ args: [...args], options, strict: true }).values

async function accountOf(ctx: Ctx, values: Values): Promise<Account> {
  const mail = values.account ?? values.mail
  if (mail === undefined) throw new OperatorError('name an account: --mail anna@example.org')
  const account = await accountByEmail(ctx, mail)
  if (account === null) throw new OperatorError(`there is no account ${mail} in ${ctx.tenant.name}`)
  return account
}

/** Adds a member of staff; prints the invitation link, as there may be no mail server yet. */
async function add(ctx: Ctx, values: Values, print: (line: string) => void): Promise<void> {
  if (!values.mail || !values.name)
    throw new OperatorError('usage: account add --mail MAIL --name "NAME" [--unit UNIT] [--role ROLE]…')
  const { mail, name, unit, role } = values
  await transaction(ctx, async (ctx) => {
    const account = await addStaff(ctx, { name, email: mail, unit, roles: role ?? ['administrator'] })
    await audit(ctx, { subject: `account:${account.id}`, action: 'accounts.created', actor: 'command line' })
    print(`${account.email} is invited. The link works once, for seven days:`)
    print(`${ctx.tenant.baseUrl}${await sendInvitation(ctx, account)}`)
  })
}

async function list(ctx: Ctx, print: (line: string) => void): Promise<void> {
  for (const row of await accountsForCommand(ctx))
    print([row.email, row.state, row.unit, row.name, row.roles.join(',')].join('\t'))
}

/** Prints a link with which the person chooses a new password: no password ever stands in a shell's history. */
async function password(ctx: Ctx, values: Values, print: (line: string) => void): Promise<void> {
  const account = await accountOf(ctx, values)
  const link = await issueLink(ctx, { purpose: 'reset-password', accountId: account.id, locale: account.locale })
  print('The link works once, for one hour:')
  print(`${ctx.tenant.baseUrl}/passwort-vergessen/neu?code=${link.token}`)
}

/** Prints a bearer token of the account, or takes all of them back. */
async function token(ctx: Ctx, values: Values, print: (line: string) => void): Promise<void> {
  const account = await accountOf(ctx, values)
  if (values.revoke) {
    print(`${await revokeApiTokens(ctx, account.id)} tokens revoked`)
    return
  }
  const hours = Number(values.hours ?? TOKEN_HOURS)
  if (!Number.isInteger(hours) || hours < 1 || hours > 24 * 365)
    throw new OperatorError('--hours is a number from 1 to 8760')
  const scope = values.scope === undefined ? null : values.scope.split(',').filter(Boolean)
  print(await issueApiToken(ctx, { accountId: account.id, label: 'bin/rathaus token', hours, scope }))
}

const HELP = 'Add, list and disable accounts, choose new passwords: add, list, disable, password'

const account = (
  verb: string,
  run: (ctx: Ctx, values: Values, print: (line: string) => void) => Promise<void>,
): Command => ({
  name: 'account',
  verb,
  help: HELP,
  run: (ctx, args, print) => run(ctx, read(args), print),
})

export const commands: readonly Command[] = [
  account('add', add),
  account('list', (ctx, _values, print) => list(ctx, print)),
  account('disable', async (ctx, values, print) => {
    const found = await accountOf(ctx, values)
    await transaction(ctx, (ctx) => disable(ctx, found.id))
    print(`${found.email} is disabled and signed out everywhere`)
  }),
  account('password', password),
  {
    name: 'token',
    help: 'Print a bearer token of an account: --account MAIL [--hours 8] [--scope PERMISSION,…], or --revoke all of them',
    run: (ctx, args, print) => token(ctx, read(args), print),
  },
]

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
import { roleById } from './store/roles.ts'
import { issueApiToken, issueLink, revokeApiTokens } from './store/tokens.ts'
import { unitById } from './store/units.ts'
import { disable, sendInvitation } from './use-cases/administration.ts'
import { exportAccount } from './use-cases/privacy.ts'

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
  if (!values.mail || !values.name) throw new OperatorError('account add needs --mail MAIL and --name "NAME"')
  const { mail, name, unit, role } = values
  if (!(await unitById(ctx, unit))) throw new OperatorError(`there is no unit "${unit}" in ${ctx.tenant.name}`)
  for (const id of role ?? [])
    if (!(await roleById(ctx, id))) throw new OperatorError(`there is no role "${id}" in ${ctx.tenant.name}`)
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

/** Answers somebody who asks by letter what the city holds about them (GDPR article 15). */
async function exportPerson(ctx: Ctx, values: Values, print: (line: string) => void): Promise<void> {
  const { id } = await accountOf(ctx, values)
  print(JSON.stringify(await exportAccount(ctx, id), null, 2))
  await audit(ctx, { subject: `account:${id}`, action: 'accounts.exported', actor: 'command line' })
}

type Run = (ctx: Ctx, values: Values, print: (line: string) => void) => Promise<void>

const command = (words: Omit<Command, 'run'>, run: Run): Command => ({
  ...words,
  run: (ctx, args, print) => run(ctx, read(args), print),
})

const account = (verb: string, usage: string, help: string, run: Run) =>
  command({ name: 'account', verb, usage, help }, run)

export const commands: readonly Command[] = [
  account(
    'add',
    '--mail MAIL --name "NAME" [--unit UNIT] [--role ROLE]…',
    'a member of staff, with an invitation; without a role an administrator',
    add,
  ),
  account('list', '', 'accounts of staff: address, state, unit, name, roles', (ctx, _values, print) =>
    list(ctx, print),
  ),
  account('disable', '--mail MAIL', 'ends the account and all its sessions', async (ctx, values, print) => {
    const found = await accountOf(ctx, values)
    await transaction(ctx, (ctx) => disable(ctx, found.id))
    print(`${found.email} is disabled and signed out everywhere`)
  }),
  account('password', '--mail MAIL', 'prints a link with which the person chooses a new password', password),
  command(
    {
      name: 'token',
      usage: '--account MAIL [--hours 8] [--scope PERMISSION,…] [--revoke]',
      help: 'Print a bearer token of an account, or take all of them back (--revoke)',
    },
    token,
  ),
  command(
    {
      name: 'export',
      verb: 'account',
      usage: '--mail MAIL',
      help: 'everything that the city holds about a person with an account, as JSON',
    },
    exportPerson,
  ),
]

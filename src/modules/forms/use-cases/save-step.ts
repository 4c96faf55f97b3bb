import {
  examine,
  fieldMessages,
  messageOf,
  type AddressField,
  type Answers,
  type Examined,
  type Issue,
  type ServiceDefinition,
  type Step,
} from '#modules/services/public.ts'
import type { Ctx } from '#platform/context.ts'
import type { Req, Upload } from '#platform/http/route.ts'
import { today } from '#platform/time/clock.ts'
import { readTyped } from './typed.ts'
import { entryCount, fieldsOf, textAt, valueAt, withValue, type PlacedField } from '../domain/pages.ts'
import type { Draft } from '../store/drafts.ts'
import { draftOwner, fileFacts } from '../store/files.ts'
import { checkAddresses } from './addresses.ts'
import { uploadMessage } from './upload-message.ts'

/** Names of buttons and hidden fields of a page. */
export const ACTION = 'aktion'
export const SHOWN = 'gezeigt'
export const REMOVE_FILE = 'datei-entfernen'
export const CHOSEN_ADDRESS = (pointer: string): string => `auswahl:${pointer}`

export type StepAction =
  | { readonly does: 'next' | 'back' | 'save' | 'refresh' }
  | { readonly does: 'add'; readonly group: string }
  | { readonly does: 'remove'; readonly group: string; readonly at: number }
  | { readonly does: 'find-address'; readonly pointer: string }
  | { readonly does: 'remove-file'; readonly id: string }

export function readAction(form: Req['form']): StepAction {
  if (form.has(REMOVE_FILE)) return { does: 'remove-file', id: form.get(REMOVE_FILE) }
  const [does = '', subject = ''] = form.get(ACTION).split(':')
  if (does === 'zurueck') return { does: 'back' }
  if (does === 'speichern') return { does: 'save' }
  if (does === 'aktualisieren') return { does: 'refresh' }
  if (does === 'hinzufuegen') return { does: 'add', group: subject }
  if (does === 'adresse') return { does: 'find-address', pointer: subject }
  if (does === 'entfernen') {
    const [group = '', at = ''] = subject.split('/')
    return { does: 'remove', group, at: Number(at) }
  }
  return { does: 'next' }
}

export interface TypedStep {
  /** All answers of the draft with what was typed on this page. */
  readonly answers: Record<string, unknown>
  /** Messages for files that could not be taken, by pointer. */
  readonly fileErrors: Readonly<Record<string, string>>
}

/** Puts what was typed and uploaded on a page to the draft's answers, and does what its small buttons ask for. */
export async function typedStep(ctx: Ctx, step: Step, draft: Draft, req: Req, action: StepAction): Promise<TypedStep> {
  const typed = readTyped(step, req.form, draft.answers, ctx.locale)
  let answers: Record<string, unknown> = { ...draft.answers }
  for (const item of step.items) {
    if (Object.hasOwn(typed, item.name)) answers[item.name] = typed[item.name]
    else delete answers[item.name]
  }
  answers = chosenAddresses(step, answers, req)
  if (action.does === 'add' || action.does === 'remove') answers = changeList(step, answers, action)
  if (action.does === 'remove-file') answers = await removeFile(ctx, step, answers, draft, action.id)
  return takeUploads(ctx, step, answers, draft, req)
}

/** Radio buttons offer houses of the list: the one that is chosen replaces what was typed. */
function chosenAddresses(step: Step, answers: Record<string, unknown>, req: Req): Record<string, unknown> {
  let next = answers
  for (const { field, pointer } of fieldsOf(step, answers)) {
    const chosen = field.type === 'address' ? req.form.get(CHOSEN_ADDRESS(pointer)) : ''
    const [street, houseNumber, postcode, place] = chosen.split('|')
    if (!street || !postcode || !place) continue
    const typedNumber = textAt(next, `${pointer}/houseNumber`)
    next = withValue(next, pointer, { street, houseNumber: houseNumber || typedNumber, postcode, place })
  }
  return next
}

function changeList(
  step: Step,
  answers: Record<string, unknown>,
  action: Extract<StepAction, { does: 'add' | 'remove' }>,
): Record<string, unknown> {
  const group = step.items.find((item) => item.type === 'group' && item.repeat && item.name === action.group)
  if (group?.type !== 'group' || !group.repeat) return answers
  const value = answers[group.name]
  const entries: unknown[] = Array.isArray(value) ? [...(value as unknown[])] : []
  while (entries.length < entryCount(group, entries)) entries.push({})
  if (action.does === 'add') {
    if (entries.length < group.repeat.max) entries.push({})
  } else if (Number.isInteger(action.at)) entries.splice(action.at, 1)
  return { ...answers, [group.name]: entries }
}

async function removeFile(
  ctx: Ctx,
  step: Step,
  answers: Record<string, unknown>,
  draft: Draft,
  id: string,
): Promise<Record<string, unknown>> {
  for (const { field, pointer } of fieldsOf(step, answers)) {
    const ids = field.type === 'file' ? valueAt(answers, pointer) : null
    if (!Array.isArray(ids) || !ids.includes(id)) continue
    const known = await fileFacts(ctx, [id], draftOwner(draft.id))
    if (known.has(id)) await ctx.app.files.remove(ctx, id)
    const left = ids.filter((other) => other !== id)
    return withValue(answers, pointer, left.length > 0 ? left : undefined)
  }
  return answers
}

async function takeUploads(
  ctx: Ctx,
  step: Step,
  before: Record<string, unknown>,
  draft: Draft,
  req: Req,
): Promise<TypedStep> {
  let answers = before
  const fileErrors: Record<string, string> = {}
  for (const placed of fieldsOf(step, answers)) {
    if (placed.field.type !== 'file') continue
    for (const upload of req.uploads[placed.pointer] ?? []) {
      const taken = await takeUpload(ctx, placed, answers, draft, upload)
      if (typeof taken === 'string') fileErrors[placed.pointer] ??= taken
      else answers = taken
    }
  }
  return { answers, fileErrors }
}

async function takeUpload(
  ctx: Ctx,
  { field, pointer }: PlacedField,
  answers: Record<string, unknown>,
  draft: Draft,
  upload: Upload,
): Promise<Record<string, unknown> | string> {
  if (field.type !== 'file') return answers
  if (!upload.ok) return uploadMessage(ctx, field, upload.problem)
  const value = valueAt(answers, pointer)
  const there: string[] = Array.isArray(value) ? (value as string[]) : []
  // Where only one file is wanted, the new one takes the place of the old one.
  const kept = field.max === 1 ? [] : there
  if (kept.length >= field.max) return uploadMessage(ctx, field, 'too-many-files')
  await ctx.app.files.claim(ctx, [upload.file.id], draftOwner(draft.id))
  if (field.max === 1) for (const id of there) await ctx.app.files.remove(ctx, id)
  return withValue(answers, pointer, [...kept, upload.file.id])
}

export interface CheckedStep {
  /** Normalised where this page is good. */
  readonly answers: Record<string, unknown>
  readonly errors: Readonly<Record<string, string>>
  /** Fields that became visible only by what was typed on this page. */
  readonly appeared: boolean
  readonly examined: Examined
}

/** Checks one page. Answers of other pages are left as they are; those of this page come back normalised. */
export async function checkStep(
  ctx: Ctx,
  def: ServiceDefinition,
  step: Step,
  draft: Draft,
  typed: TypedStep,
  shown: ReadonlySet<string> | null,
): Promise<CheckedStep> {
  const placed = fieldsOf(step, typed.answers)
  const addresses = placed.filter((one): one is PlacedField & { field: AddressField } => one.field.type === 'address')
  const checked = await checkAddresses(ctx, addresses, typed.answers)
  const files = await fileFacts(ctx, allFileIds(def, checked.answers), draftOwner(draft.id))
  const examined = examine(def, checked.answers, { today: today(ctx.clock), files })
  const own = examined.issues.filter((issue) => issue.step === step)
  const unknown = checked.unknown.filter(
    (pointer) => examined.visible.has(pointer) && !own.some((one) => one.pointer.startsWith(pointer)),
  )
  const seen = new Set(placed.map((one) => one.pointer).filter((pointer) => examined.visible.has(pointer)))
  const appeared = shown !== null && [...seen].some((pointer) => !shown.has(pointer) && isAsked(placed, pointer))
  const errors: Record<string, string> = {
    ...fieldMessages(def, { issues: own.filter((issue) => shown === null || !isNew(issue, shown, seen)) }, ctx.locale),
    ...Object.fromEntries(unknown.map((pointer) => [pointer, addressMessage(def, pointer, placed, ctx)])),
    ...typed.fileErrors,
  }
  const answers = { ...checked.answers }
  if (own.length === 0) for (const item of step.items) copyOr(answers, examined.answers, item.name)
  return { answers, errors, appeared, examined }
}

function copyOr(answers: Record<string, unknown>, from: Answers, name: string): void {
  if (Object.hasOwn(from, name)) answers[name] = from[name]
  else delete answers[name]
}

const isAsked = (placed: readonly PlacedField[], pointer: string): boolean =>
  placed.find((one) => one.pointer === pointer)?.field.type !== 'computed'

/** A field that has just appeared is asked for, and not complained about. */
const isNew = (issue: Issue, shown: ReadonlySet<string>, seen: ReadonlySet<string>): boolean =>
  (issue.code === 'required' || issue.code === 'consent') && seen.has(issue.pointer) && !shown.has(issue.pointer)

function addressMessage(def: ServiceDefinition, pointer: string, placed: readonly PlacedField[], ctx: Ctx): string {
  const found = placed.find((one) => one.pointer === pointer)
  return messageOf(
    def,
    { code: 'address-unknown', pointer, path: found?.path ?? pointer, step: null, field: found?.field ?? null },
    ctx.locale,
  )
}

/** Ids of all files that the answers name. */
export function allFileIds(def: ServiceDefinition, answers: Readonly<Record<string, unknown>>): string[] {
  return def.form.steps
    .flatMap((step) => fieldsOf(step, answers))
    .flatMap(({ field, pointer }) => {
      const value = field.type === 'file' ? valueAt(answers, pointer) : null
      return Array.isArray(value) ? value.filter((id): id is string => typeof id === 'string') : []
    })
}

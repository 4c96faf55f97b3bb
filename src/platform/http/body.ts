import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Ctx } from '../context.ts'
import { fail } from '../problem.ts'
import { details } from './details.ts'
import { FieldMap, MAX_FIELDS } from './form-fields.ts'
import { Refusal } from './refusal.ts'
import { routeOf } from './request.ts'
import type { Req, Route, Upload } from './route.ts'

/**
 * Most bytes of a body that is held in memory: JSON, a form, or the texts of a multipart form together. Files go to disk
 * and have limits of their own. A route that takes files gets no more than others: a body of 300 MB in its place would
 * be read whole before anybody asked what it is.
 */
export const MAX_BODY_BYTES = 1024 * 1024

/** Deepest nesting of a JSON body. */
const MAX_DEPTH = 30
/** Longest text in a multipart form that is no file. */
const MAX_FIELD_BYTES = 100_000

const NUL = '\u0000'

/** Forms and JSON are read strictly: UTF-8, no NUL, limits on fields and depth. */
export function addBodyParsers(server: FastifyInstance): void {
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'buffer' }, (request, body, done) => {
    try {
      if (routeOf(request)?.kind !== 'api') done(null, parseForm(utf8(body as Buffer)))
      // Tools name that kind where there is no body at all.
      else if (body.length === 0) done(null)
      else throw new Refusal(fail('unsupported-media-type'))
    } catch (error) {
      done(error as Error)
    }
  })
  const json = (
    request: FastifyRequest,
    body: string | Buffer,
    done: (error: Error | null, value?: unknown) => void,
  ) => {
    try {
      done(null, parseJson(utf8(body as Buffer), routeOf(request)?.mostValues ?? MAX_FIELDS))
    } catch (error) {
      done(error as Error)
    }
  }
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, json)
  server.addContentTypeParser(/^application\/[\w.+-]+\+json$/, { parseAs: 'buffer' }, json)
}

const decoder = new TextDecoder('utf-8', { fatal: true })

function utf8(body: Buffer): string {
  try {
    return decoder.decode(body)
  } catch {
    throw new Refusal(fail('bad-request', { says: details.bodyNotUtf8 }))
  }
}

function parseForm(text: string): FieldMap {
  const fields = new FieldMap()
  // The decoder replaces broken percent-encodings instead of refusing them.
  for (const [name, value] of new URLSearchParams(text)) {
    if (value.includes('\uFFFD') || name.includes('\uFFFD'))
      throw new Refusal(fail('bad-request', { says: details.fieldNotUtf8 }))
    if (value.includes(NUL) || name.includes(NUL)) throw new Refusal(fail('bad-request', { says: details.nul }))
    if (!fields.add(name, value)) throw new Refusal(fail('too-large', { says: details.tooManyFields }))
  }
  return fields
}

function parseJson(text: string, mostValues: number): unknown {
  if (text === '') return undefined
  refuseWithoutEnd(text, mostValues)
  try {
    // NUL and __proto__ come in plain sight or escaped, half characters escaped alone; looking at each value takes several
    // times as long as building it.
    if (!text.includes('\\u') && !text.includes('__proto__')) return JSON.parse(text)
    return JSON.parse(text, (key, inner: unknown) => {
      if (key === '__proto__') throw new SyntaxError('__proto__')
      for (const words of typeof inner === 'string' ? [key, inner] : [key]) {
        if (words.includes(NUL)) throw new Refusal(fail('bad-request', { says: details.nul }))
        if (!words.isWellFormed()) throw new Refusal(fail('bad-request', { says: details.halfCharacter }))
      }
      return inner
    })
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal(fail('bad-request', { says: details.notJson }))
  }
}

/**
 * Nesting and number of values are looked at without building one: 1 MB of `1,1,1,…` is refused in 1 ms, while building
 * it held everybody up for 350 ms. A bracket begins the first value in it and a comma each further one.
 */
function refuseWithoutEnd(text: string, mostValues: number): void {
  let depth = 0
  let values = 0
  let inString = false
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (inString) {
      if (c === 92) i += 1
      else if (c === 34) inString = false
      continue
    }
    if (c === 34) inString = true
    else if (c === 123 || c === 91) depth += 1
    else if (c === 125 || c === 93) depth -= 1
    if (depth > MAX_DEPTH) throw new Refusal(fail('bad-request', { says: details.tooDeep(MAX_DEPTH) }))
    if ((c === 123 || c === 91 || c === 44) && ++values > mostValues)
      throw new Refusal(fail('too-large', { says: details.tooManyValues(mostValues) }))
  }
}

/** Most files of a multipart body. */
const MAX_FILES = 20
/** A body is cut off here even where a field would allow more. */
const MAX_FILE_BYTES = 100 * 1024 * 1024

/** Reads a multipart form: texts into fields, files through the store, each by the rule of its field. */
export async function readMultipart(
  request: FastifyRequest,
  ctx: Ctx,
  route: Route,
  req: Req,
): Promise<{ form: FieldMap; uploads: Record<string, Upload[]> }> {
  const form = new FieldMap()
  const uploads: Record<string, Upload[]> = Object.create(null) as Record<string, Upload[]>
  const parts = request.parts({
    limits: { fileSize: MAX_FILE_BYTES, files: MAX_FILES, fields: 1_000, parts: 1_100, fieldSize: MAX_FIELD_BYTES },
  })
  let textBytes = 0
  for await (const part of parts) {
    if (part.fieldname.includes(NUL)) throw new Refusal(fail('bad-request', { says: details.nul }))
    if (part.type === 'field') {
      const value = String(part.value)
      if (part.valueTruncated) throw new Refusal(fail('too-large', { says: details.textsTooLarge }))
      if (value.includes(NUL)) throw new Refusal(fail('bad-request', { says: details.nul }))
      textBytes += Buffer.byteLength(value)
      if (textBytes > MAX_BODY_BYTES) throw new Refusal(fail('too-large', { says: details.textsTooLarge }))
      if (!form.add(part.fieldname, value)) throw new Refusal(fail('too-large', { says: details.tooManyFields }))
      continue
    }
    // A file field that was left empty comes as a file without a name.
    if (part.filename === '' || part.filename === undefined) {
      part.file.resume()
      continue
    }
    const rule = await route.uploads!(ctx, req, part.fieldname)
    if (!rule) {
      part.file.resume()
      throw new Refusal(fail('bad-request', { says: details.takesNoFile }))
    }
    const list = (uploads[part.fieldname] ??= [])
    if (list.length >= rule.maxFiles) {
      part.file.resume()
      list.push({ ok: false, problem: 'too-many-files', name: part.filename })
      continue
    }
    await refuseWithoutRoom(ctx)
    list.push(await ctx.app.files.receive(ctx, part.filename, part.file, rule))
  }
  return { form, uploads }
}

/**
 * Whoever has many addresses could fill the disk, and the database with it: while less than the floor is free, only who
 * is signed in uploads.
 */
async function refuseWithoutRoom(ctx: Ctx): Promise<void> {
  const { config, files } = ctx.app
  if (!ctx.account && (await files.freeBytes()) < config.diskFloorBytes) throw new Refusal(fail('no-room'))
}

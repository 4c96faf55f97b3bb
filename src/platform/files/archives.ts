import { openPromise, type ZipFile } from 'yauzl'
import { turns } from '../turns.ts'

const ZIP_KINDS = /zip|officedocument|opendocument|epub|x-7z|java-archive/
const NESTED = /\.(zip|7z|rar|gz|bz2|xz|jar)$/i
const MAX_UNPACKED = 200 * 1024 * 1024
const MAX_ENTRIES = 2_000
const MAX_RATIO = 200

/** Unpacking 200 MB takes half a second of a thread. */
const inTurn = turns({ atOnce: 2, waiting: 50 })

/**
 * Whether a document that is an archive (docx, odt …) unpacks to something unreasonable, or cannot be unpacked. What its
 * directory says about sizes may be a lie, so it is unpacked for real, up to the limit and into nowhere.
 * @throws Busy where too many wait already
 */
export async function isArchiveBomb(path: string, kind: string, bytes: number): Promise<boolean> {
  if (!ZIP_KINDS.test(kind)) return false
  return inTurn(async () => {
    const limit = Math.min(MAX_UNPACKED, bytes * MAX_RATIO)
    try {
      const zip = await openPromise(path, { lazyEntries: true, autoClose: false })
      // What it finds wrong after we have seen enough is nobody's matter any more.
      zip.on('error', () => undefined)
      try {
        return await unpacksBeyond(zip, limit)
      } finally {
        zip.close()
      }
    } catch {
      // Encrypted, cut off, of an unknown method, with other sizes than it says: nobody could look into it either.
      return true
    }
  })
}

async function unpacksBeyond(zip: ZipFile, limit: number): Promise<boolean> {
  let unpacked = 0
  let entries = 0
  for await (const entry of zip.eachEntry()) {
    entries += 1
    if (entries > MAX_ENTRIES || NESTED.test(entry.fileName) || unpacked + entry.uncompressedSize > limit) return true
    for await (const chunk of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>) {
      unpacked += chunk.length
      if (unpacked > limit) return true
    }
  }
  return false
}

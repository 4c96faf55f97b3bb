import type { Readable } from 'node:stream'

/** A file that was uploaded or made: its bytes are stored once by content hash, its row says what it is. */
export interface StoredFile {
  readonly id: string
  /** As the person named it, cleaned of paths and control characters. */
  readonly name: string
  /** Media type told from the bytes. */
  readonly kind: string
  readonly bytes: number
  /** SHA-256, hex. */
  readonly sha256: string
}

export type UploadProblem =
  | 'empty-file'
  | 'too-large'
  | 'too-many-files'
  | 'kind-not-allowed'
  | 'archive-bomb'
  | 'virus-found'
  | 'scanner-unavailable'
  | 'upload-broken'

/** What an app is told of a file that was not taken: whether another file helps, or only time. */
export function problemOfUpload(problem: UploadProblem): 'too-large' | 'unavailable' | 'invalid-input' {
  if (problem === 'scanner-unavailable') return 'unavailable'
  return problem === 'too-large' ? 'too-large' : 'invalid-input'
}

export interface FileContent {
  readonly file: StoredFile
  readonly stream: Readable
}

export type Upload =
  | { readonly ok: true; readonly file: StoredFile }
  | { readonly ok: false; readonly problem: UploadProblem; readonly name: string }

export interface UploadRule {
  /** Largest size of one file in bytes. */
  readonly maxBytes: number
  /** Allowed media types, told from the bytes: `application/pdf`, `image/jpeg` … */
  readonly kinds: readonly string[]
  readonly maxFiles: number
}

/** For whoever may not hand in anything here: no byte is kept, and the handler says why. */
export const NOTHING_KEPT: UploadRule = { maxBytes: 0, kinds: [], maxFiles: 0 }

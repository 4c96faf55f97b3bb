/** The registration certificate, as `services/resident-parking/form.yaml` asks for it at the application. */
export const CERTIFICATE = {
  kinds: ['application/pdf', 'image/jpeg', 'image/png', 'image/webp', 'image/heic'],
  maxBytes: 10_000_000,
  maxFiles: 2,
} as const

export interface CertificateFile {
  readonly id: string
  readonly name: string
  readonly bytes: number
}

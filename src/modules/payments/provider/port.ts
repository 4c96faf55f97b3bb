import type { Locale } from '#platform/i18n/locale.ts'

/** What the payment service is asked to collect. */
export interface PaymentOrder {
  /** Ours; the same for every attempt at the same order. */
  readonly requestId: string
  readonly cents: number
  readonly reference: string
  readonly purpose: string
  readonly at: Temporal.Instant
  readonly locale: Locale
  /** Where the payer's browser goes afterwards. */
  readonly returnUrl: string
  /** Where the service says that something changed. */
  readonly notificationUrl: string
}

export interface StartedPayment {
  readonly providerId: string
  /** The service's page on which the payer pays. */
  readonly redirectUrl: string
}

export type ProviderStatus = 'initial' | 'paid' | 'failed' | 'cancelled'

export interface ProviderState {
  readonly status: ProviderStatus
  /** What the payer was asked for there; compared with ours before anything is booked. */
  readonly cents: number
}

/** `unavailable`: try again later. `refused`: the answer will stay the same. `unknown`: the service knows no such payment. */
export type ProviderFailure = {
  readonly ok: false
  readonly why: 'unavailable' | 'refused' | 'unknown'
  readonly detail: string
}
export type ProviderAnswer<T> = { readonly ok: true; readonly value: T } | ProviderFailure

/** How the city collects money online. One adapter a service; nothing above this line knows which. */
export interface PaymentProvider {
  start(order: PaymentOrder): Promise<ProviderAnswer<StartedPayment>>
  status(providerId: string): Promise<ProviderAnswer<ProviderState>>
  /** Gives (a part of) it back; the same `refundId` gives it back once. `refused` where the service cannot do that. */
  refund(refund: { providerId: string; refundId: string; cents: number }): Promise<ProviderAnswer<null>>
}

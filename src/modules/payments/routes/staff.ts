import type { Route } from '#platform/http/route.ts'
import { clearingRoutes } from './staff-clearing.ts'
import { paymentRoutes } from './staff-payments.ts'
import { refundOrderRoutes } from './staff-refund-orders.ts'
import { refundRoutes } from './staff-refunds.ts'
import { statementRoutes } from './staff-statements.ts'

/** The treasury's pages. */
export const staffRoutes: readonly Route[] = [
  ...paymentRoutes,
  ...statementRoutes,
  ...clearingRoutes,
  ...refundOrderRoutes,
  ...refundRoutes,
]

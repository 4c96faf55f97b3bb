import type { Ctx } from '#platform/context.ts'
import type { CaseForAction } from '../domain/case.ts'

export declare function caseById(ctx: Ctx, id: string): Promise<CaseForAction | null>
export declare function caseByNumber(ctx: Ctx, number: string): Promise<CaseForAction | null>

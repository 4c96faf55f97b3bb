/** Why a counter is shut for a while. Only staff see it. */
export const BLOCK_REASONS = ['sick', 'training', 'meeting', 'other'] as const
export type BlockReason = (typeof BLOCK_REASONS)[number]

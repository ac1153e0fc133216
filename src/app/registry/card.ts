export type * from '#engines/core/card.ts';

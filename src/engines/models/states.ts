/** How much of a model is here. */
export const STATES = ['absent', 'partial', 'downloading', 'converting', 'downloaded', 'broken'] as const;
export type State = (typeof STATES)[number];

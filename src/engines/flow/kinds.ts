import type { FlowKind } from '#engines/git/flow-config.ts';

/** What sets one kind of flow branch apart from the others. */
export interface KindTraits {
  /** Where it starts from unless told, and, but for support, the first branch that it is merged into. */
  from: 'develop' | 'main';
  into: readonly ('develop' | 'main')[];
  /** Its name is a version, and finishing it tags that version. */
  versioned: boolean;
  /** Only one of its kind is open at a time, and it starts from a clean working tree. */
  single: boolean;
}

export const TRAITS: Readonly<Record<FlowKind, KindTraits>> = {
  feature: { from: 'develop', into: ['develop'], versioned: false, single: false },
  bugfix: { from: 'develop', into: ['develop'], versioned: false, single: false },
  release: { from: 'develop', into: ['main', 'develop'], versioned: true, single: true },
  hotfix: { from: 'main', into: ['main', 'develop'], versioned: true, single: true },
  support: { from: 'main', into: [], versioned: false, single: false },
};

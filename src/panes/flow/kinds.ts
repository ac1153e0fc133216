import type { FlowBranch } from '#engines/flow/types.ts';

type Kind = FlowBranch['kind'];

/** The kinds in the order of the list, each with the parent that it is measured by: where it is merged first. */
export const PARENTS: Readonly<Record<Kind, 'develop' | 'main'>> = {
  feature: 'develop',
  bugfix: 'develop',
  release: 'main',
  hotfix: 'main',
  support: 'main',
};

export const KINDS = Object.keys(PARENTS) as readonly Kind[];

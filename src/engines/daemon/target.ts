import type { Target } from '#engines/core/plan.ts';

export const DAEMON: Target = { kind: 'daemon', name: 'daemon' };

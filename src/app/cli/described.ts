import type { Shell } from '#engines/core/registry.ts';
import { shellCards } from './cards.ts';
import { GLOBAL_OPTIONS, spelled, twinOf } from './globals.ts';

/** What a shell takes beside the actions. */
export const SHELL: Shell = {
  options: GLOBAL_OPTIONS.map((option) => ({
    option: spelled(option),
    variable: twinOf(option) ?? null,
    description: option.description,
  })),
  commands: shellCards(),
};

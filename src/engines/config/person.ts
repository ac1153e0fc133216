import type { Context } from '#engines/core/context.ts';
import { configError } from './errors.ts';
import { type Key, settingOf } from './settings.ts';

/** What a program or an agent plants in a setting that is run as a command, a person would run. */
export function requirePerson(key: Key, { actor }: Context): void {
  if (!settingOf(key).command || actor.kind === 'human') return;
  throw configError(
    'setting-needs-person',
    `Only a person sets ${key}, and ${actor.name} is none (${actor.kind}).`,
    {
      next: [`gantry config set ${key} <command>`, `gantry config unset ${key}`],
      details: { key },
    },
  );
}

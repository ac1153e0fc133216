import type { Context } from '#engines/core/context.ts';
import type { Definition, OccasionOf } from '../definition.ts';
import { filesSight } from './files.ts';
import { refsSight } from './refs.ts';

/** What there is to see, by name: what `stat` tells of each file, the object id of each ref. */
export type Seen = Record<string, string>;

/** Something that can be looked at, and tells where to wait for a change of it. */
export interface Sight {
  look(): Promise<Seen>;
  /** Directories in which a change of it shows, as of the last look. */
  places(): string[];
  /** Whether an entry of one of them says nothing of it. */
  isNoise(directory: string, entry: string): boolean;
}

/** A trigger that is told by nobody: it has to look. */
export type Sighted = Definition & { occasion: OccasionOf<'file'> | OccasionOf<'git'> };

export function isSighted(definition: Definition): definition is Sighted {
  return definition.occasion.on === 'file' || definition.occasion.on === 'git';
}

export function sightOf({ occasion }: Sighted, context: Context): Sight {
  return occasion.on === 'file' ? filesSight(occasion) : refsSight(occasion, context);
}

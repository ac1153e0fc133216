import { existsSync } from 'node:fs';
import type { Artifact } from '#engines/service/jos/artifact.ts';

const BASH = '/bin/bash';

/** The kernel of 0.0.7 gives commands to bash, and artifacts are written for that; 1.0.0 names no shell. */
export function shellArgv({ generation }: Pick<Artifact, 'generation'>, command: string): string[] {
  const shell = generation !== '1.0.0' && existsSync(BASH) ? BASH : '/bin/sh';
  return [shell, '-c', command];
}

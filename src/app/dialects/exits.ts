import type { Dialect } from './dialect.ts';

const FAILED = 1;

/** Of programs that only tell whether it went well, and whether the command line was wrong. */
export function plainExits(commandLine: number): Dialect['exits'] {
  return {
    ok: 0,
    'command-line': commandLine,
    failed: FAILED,
    usage: FAILED,
    git: FAILED,
    workspace: FAILED,
    spec: FAILED,
    build: FAILED,
    network: FAILED,
    denied: FAILED,
    approval: FAILED,
    'dry-run': 0,
    interrupted: 130,
  };
}

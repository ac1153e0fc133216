import type { Artifact } from '#engines/service/jos/artifact.ts';
import type { StepArgs } from '../types.ts';
import { shellArgv } from './shell-argv.ts';

type Failing = Pick<StepArgs, 'goesOn' | 'otherwise'>;

const ENDS: ReadonlySet<string> = new Set(['abort', 'fail', 'stop']);
const GOES_ON: ReadonlySet<string> = new Set(['continue', 'ignore', 'skip']);

/**
 * What `on_failure` asks for. No generation of the format says what it may be: it is a word of these, or the name of
 * a shell step, which is run before the run ends. Anything else is an obstacle, as a text.
 */
export function failingOf(artifact: Artifact, onFailure: string | undefined): Failing | string {
  if (onFailure === undefined || ENDS.has(onFailure)) return { goesOn: false, otherwise: null };
  if (GOES_ON.has(onFailure)) return { goesOn: true, otherwise: null };
  const definition = artifact.definitions.get(onFailure);
  if (definition?.type === 'shell') {
    return {
      goesOn: false,
      otherwise: { step: onFailure, argv: shellArgv(artifact, definition.command) },
    };
  }
  const named = JSON.stringify(onFailure);
  return definition
    ? `its on_failure is ${named}, which is no shell step`
    : `its on_failure is ${named}, which is neither abort, nor continue, nor a step`;
}

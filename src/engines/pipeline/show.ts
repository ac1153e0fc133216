import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { pipelineError } from './errors.ts';
import type { RunDetail } from './rows.ts';
import { type Place, placeOf, rootOf, runsDirectory } from './witness/place.ts';
import { readEvents, runNames, type WitnessEvent } from './witness/read.ts';
import { momentOf, rowOf, textOf } from './witness/row.ts';

export async function readShow({ run: asked }: { run?: string }, context: Context): Promise<RunDetail> {
  const directory = runsDirectory(context);
  for (const id of named(await runNames(directory), asked)) {
    const place = placeOf(directory, id);
    const events = await readEvents(place.file);
    const run = rowOf(id, events, context);
    if (run) return { run, events: events.map(eventOf), output: await outputOf(place) };
  }
  throw pipelineError('run-unknown', asked === undefined ? 'There is no run.' : `There is no run ${asked}.`, {
    next: ['gantry pipeline list'],
  });
}

/** Those that may be meant, the likeliest first: the run itself, and before those within it the one around them. */
function named(names: readonly string[], asked: string | undefined): string[] {
  const meant = asked === undefined ? names : names.filter((name) => name.startsWith(asked));
  const [newest] = meant;
  if (newest === undefined || asked === newest) return [...meant];
  const exact = asked !== undefined && names.includes(asked) ? [asked] : [];
  return [...new Set([...exact, ...meant.filter((name) => name === rootOf(newest)), ...meant])];
}

function eventOf(event: WitnessEvent): RunDetail['events'][number] {
  const { type, step, lastStep } = event;
  return {
    at: momentOf(event),
    type,
    step: textOf(step) ?? textOf(lastStep),
    said: saidOf(event),
  };
}

function saidOf({
  error,
  attempt,
  hash,
  stepsExecuted,
  step_type: kind,
  success,
  artifact,
}: WitnessEvent): string | null {
  if (typeof error === 'string') return typeof attempt === 'number' ? `attempt ${attempt}: ${error}` : error;
  if (typeof stepsExecuted === 'number') return `${stepsExecuted} steps`;
  if (success === false) return 'failed, and the run went on';
  return textOf(hash) ?? textOf(kind) ?? textOf(artifact);
}

async function outputOf({ directory }: Place): Promise<RunDetail['output']> {
  const names = (await readdir(directory)).filter((name) => /^\d+-.*\.log$/.test(name));
  const found = await Promise.all(
    names.map(async (name) => {
      const file = join(directory, name);
      return { step: name.slice(0, -'.log'.length), file, size: (await stat(file)).size };
    }),
  );
  return found.toSorted((one, other) => Number.parseInt(one.step, 10) - Number.parseInt(other.step, 10));
}

import { quote } from '#engines/core/shell.ts';
import { loadArtifact } from '#engines/service/jos/load.ts';
import { pipelineError } from '../errors.ts';
import { digestOf } from '../plan/request.ts';
import type { HttpArgs } from '../types.ts';

/** All headers of a request; those that no plan has are read from the artifact, as long as they are what they were. */
export async function headersOf({
  runs,
  step,
  headers,
  withheld,
}: HttpArgs): Promise<Record<string, string>> {
  const names = Object.keys(withheld);
  if (names.length === 0) return headers;
  const path = runs.at(-1)?.artifact as string;
  const definition = (await loadArtifact(path)).definitions.get(step);
  const present = definition?.type === 'http' ? definition.headers : {};
  const moved = names.find((name) => digestOf(present[name] ?? '') !== withheld[name]);
  if (moved === undefined) {
    return { ...headers, ...Object.fromEntries(names.map((name) => [name, present[name] as string])) };
  }
  throw pipelineError(
    'artifact-moved',
    `The header ${moved} of ${step} is not the one that was planned with.`,
    {
      next: [`gantry pipeline run ${quote(path)} --dry-run`],
      details: { path, step, header: moved },
    },
  );
}

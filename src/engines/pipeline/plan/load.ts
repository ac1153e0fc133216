import type { Context } from '#engines/core/context.ts';
import { quote } from '#engines/core/shell.ts';
import { serviceError } from '#engines/service/errors.ts';
import type { Artifact } from '#engines/service/jos/artifact.ts';
import { checkIntegrity } from '#engines/service/jos/integrity.ts';
import { loadArtifact } from '#engines/service/jos/load.ts';
import type { Run } from '../types.ts';

/** An artifact with what is known of its signature. */
export interface Loaded extends Pick<Run, 'integrity' | 'fault'> {
  artifact: Artifact;
}

/** Reads each artifact once, refuses a signature that does not hold, and says of the others what they are. */
export function openLoader({ report }: Pick<Context, 'report'>, insecure: boolean) {
  const loaded = new Map<string, Promise<Loaded>>();

  async function read(path: string): Promise<Loaded> {
    const artifact = await loadArtifact(path);
    const checked = await checkIntegrity(artifact);
    if (checked === 'verified') return { artifact, integrity: checked, fault: null };
    if (checked === 'unsigned') {
      report({ kind: 'note', text: `${artifact.name} is unsigned: a change of it goes unnoticed.` });
      return { artifact, integrity: checked, fault: null };
    }
    if (!insecure) throw unsound(artifact, checked.failed);
    report({ kind: 'note', text: `The signature of ${artifact.name} does not hold: ${checked.failed}.` });
    return { artifact, integrity: 'failed', fault: checked.failed };
  }

  return (path: string): Promise<Loaded> => {
    const known = loaded.get(path) ?? read(path);
    loaded.set(path, known);
    return known;
  };
}

function unsound({ path, name }: Artifact, failed: string) {
  return serviceError('integrity-failed', `The signature of ${name} does not hold: ${failed}.`, {
    next: [`gantry service validate ${quote(path)}`, `gantry pipeline run ${quote(path)} --insecure`],
    details: { path },
  });
}

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { decodePath } from './bytes.ts';
import { readText } from './directory.ts';
import { parseGitmodules } from './gitmodules.ts';
import { GITLINK, readIndex } from './index-entries.ts';
import { resolveCommit } from './observe.ts';

export interface Submodule {
  /** As `.gitmodules` calls it; its path where that does not know it. */
  name: string;
  /** Relative to the worktree. */
  path: string;
  url: string | null;
  /** The commit that the index records. */
  recorded: string;
  /** The commit that is checked out; null where it is not checked out. */
  head: string | null;
}

export async function readSubmodules(context: Context, cwd: string): Promise<Submodule[]> {
  const declared = parseGitmodules(readText(join(cwd, '.gitmodules')) ?? '');
  const entries = (await readIndex(context, cwd)).filter(
    ({ mode, stage }) => mode === GITLINK && stage === 0,
  );
  return Promise.all(
    entries.map(async ({ path: bytes, oid }) => {
      const path = decodePath(bytes) ?? bytes;
      const known = declared.find((one) => one.path === path);
      const inside = join(cwd, path);
      return {
        name: known?.name ?? path,
        path,
        url: known?.url ?? null,
        recorded: oid,
        head: existsSync(join(inside, '.git'))
          ? ((await resolveCommit(context, inside, 'HEAD')) ?? null)
          : null,
      };
    }),
  );
}

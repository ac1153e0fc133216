import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import type { GantryError } from '#engines/core/errors.ts';
import { inWords } from '#engines/core/issues.ts';
import { isRecord } from '#engines/core/json.ts';
import { nearest } from '#engines/core/nearest.ts';
import { quote } from '#engines/core/shell.ts';
import { readWorkspace } from '#engines/workspace/read.ts';
import { dataOf, type Flaw, firstIssue, flawAt, flawText } from '#engines/workspace/toml.ts';
import { workerError } from '../errors.ts';
import { shippedBackends } from './shipped.ts';
import { type Backend, backendOf, templateSchema } from './template.ts';

/** Beside the other settings of the user. */
export function userBackendsFile({ paths }: Pick<Context, 'paths'>): string {
  return join(paths.config, 'backends.toml');
}

/** Every backend by its name: of two that have the same, the workspace's goes before the user's, and that before the shipped one. */
export async function readBackends(context: Context): Promise<Backend[]> {
  const all = [...shippedBackends(), ...(await userBackends(context)), ...(await workspaceBackends(context))];
  return [...new Map(all.map((backend) => [backend.name, backend])).values()];
}

/** Throws `backend-unknown`. */
export async function requireBackend(name: string, context: Context): Promise<Backend> {
  const all = await readBackends(context);
  const found = all.find((backend) => backend.name === name);
  if (found) return found;
  const meant = nearest(
    name,
    all.map((backend) => backend.name),
  );
  throw workerError(
    'backend-unknown',
    `There is no backend ${name}${meant ? `; did you mean ${meant}?` : '.'}`,
    {
      next: ['gantry worker backends', ...(meant ? [`gantry worker spawn ${quote(meant)}`] : [])],
      details: { name, file: userBackendsFile(context) },
    },
  );
}

interface Source {
  file: string;
  text: string;
  origin: 'user' | 'workspace';
}

async function userBackends(context: Context): Promise<Backend[]> {
  const file = userBackendsFile(context);
  const text = textOrAbsent(file);
  if (text === undefined) return [];
  const source: Source = { file, text, origin: 'user' };
  return backendsIn(parsed(source).backends, source);
}

async function workspaceBackends(context: Context): Promise<Backend[]> {
  if (context.workspace === undefined) return [];
  const { manifest, manifestPath: file, text } = await readWorkspace(context);
  return backendsIn(manifest.backends, { file, text, origin: 'workspace' });
}

function textOrAbsent(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw workerError('backend-invalid', `${file} could not be read: ${(thrown as Error).message}.`, {
      next: [`ls -l ${quote(file)}`],
      cause: thrown,
    });
  }
}

function parsed({ file, text }: Source): Record<string, unknown> {
  const read = dataOf(text);
  if ('data' in read) return read.data;
  throw invalid(file, read.flaw);
}

async function backendsIn(tables: unknown, source: Source): Promise<Backend[]> {
  if (!isRecord(tables)) return [];
  return Promise.all(Object.entries(tables).map(([name, table]) => backendIn(name, table, source)));
}

async function backendIn(name: string, table: unknown, { file, text, origin }: Source): Promise<Backend> {
  const result = templateSchema.safeParse(table, { error: inWords });
  if (result.success) return backendOf(result.data, { name, origin });
  const { path, reason } = firstIssue(result.error);
  throw invalid(file, flawAt(text, { path: ['backends', name, ...path], reason }));
}

function invalid(file: string, flaw: Flaw): GantryError {
  const { line, column } = flaw;
  return workerError('backend-invalid', flawText(file, flaw), {
    next: [`$EDITOR +${line} ${quote(file)}`],
    details: { file, line, column },
  });
}

import { access } from 'node:fs/promises';
import type { Context } from '#engines/core/context.ts';
import { requireManifest } from '#engines/workspace/read.ts';
import { userLayer } from './layers.ts';
import type { Scope } from './types.ts';
import { userFile } from './user.ts';

/** The file is named even when it is broken, so that it can be mended. */
export async function readPath(
  { scope }: { scope: Scope },
  context: Context,
): Promise<{ file: string; exists: boolean; editor: string }> {
  const file = scope === 'user' ? userFile(context.paths) : await requireManifest(context);
  const exists = await access(file).then(
    () => true,
    () => false,
  );
  return { file, exists, editor: await editorOf(context) };
}

async function editorOf(context: Context): Promise<string> {
  const { GANTRY_EDITOR, VISUAL, EDITOR } = context.env;
  const own = await userLayer(context).then(
    ({ values }) => values.get('editor'),
    () => undefined,
  );
  return GANTRY_EDITOR || String(own ?? '') || VISUAL || EDITOR || 'vi';
}

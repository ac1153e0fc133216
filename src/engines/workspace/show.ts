import type { Context } from '#engines/core/context.ts';
import { commandsOf } from './commands.ts';
import { readWorkspace } from './read.ts';
import { isTrusted } from './trust.ts';
import type { WorkspaceHead } from './types.ts';

/** What the manifest alone tells: no repo is looked at. */
export async function readWorkspaceHead(_: unknown, context: Context): Promise<WorkspaceHead> {
  const workspace = await readWorkspace(context);
  return {
    name: workspace.name,
    root: workspace.root,
    manifest: workspace.manifestPath,
    trusted: isTrusted(context, workspace),
    commands: commandsOf(workspace),
  };
}

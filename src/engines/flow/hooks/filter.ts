import { basename } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { quote } from '#engines/core/shell.ts';
import { untrusted } from '#engines/workspace/consent.ts';
import { isTrusted } from '#engines/workspace/trust.ts';
import { flowError } from '../errors.ts';
import type { FlowState } from '../state.ts';
import { hookFile, hooksDirectory } from './find.ts';
import { namesOf } from './hooks.ts';
import { complaintOf, runScript } from './run.ts';

interface Filtering {
  /** As git-flow calls it, after `filter-flow-`. */
  filter: string;
  /** What is filtered comes first. */
  args: readonly [text: string, ...rest: string[]];
}

/** The text as the repository's filter has it, if it has one. The plan depends on it, so it runs while that is made. */
export async function filtered(
  context: Context,
  state: FlowState,
  { filter, args }: Filtering,
): Promise<string> {
  const file = hookFile(await hooksDirectory(context, state), `filter-flow-${filter}`);
  if (file === undefined) return args[0];
  if (!isTrusted(context, state.workspace)) throw untrusted(state.workspace, [file]);
  const ended = await runScript(context, state.home.target, { file, args, ...namesOf(state) });
  const text = ended.stdout.replace(/\n+$/, '');
  const complaint =
    complaintOf(basename(file), ended) ?? (text === '' ? `${basename(file)}: it gave nothing` : undefined);
  if (complaint === undefined) return text;
  throw flowError('flow-filter-failed', `${state.repo.name}: ${complaint}.`, {
    next: [`cat ${quote(file)}`],
  });
}

import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { quote } from '#engines/core/shell.ts';
import { flowError } from '../errors.ts';
import { filtered } from '../hooks/filter.ts';
import type { FlowState } from '../state.ts';
import type { Finish } from './input.ts';

/** Of a tag: what was told, as the repository's filter has it; what a file has; or what the version is called. */
export async function messageOf(
  context: Context,
  state: FlowState,
  { kind, verb, name, tag, message, messagefile }: Finish & { tag: string },
): Promise<string> {
  if (message !== undefined) {
    if (messagefile === undefined)
      return filtered(context, state, { filter: `${kind}-${verb}-tag-message`, args: [message, tag] });
    throw flowError('flow-message-twice', `A message is told, and the file ${messagefile} has one.`, {
      next: [`gantry flow ${kind} ${verb} ${quote(name)} --messagefile ${quote(messagefile)}`],
    });
  }
  if (messagefile !== undefined) return readMessage(context, messagefile);
  return `${kind[0]?.toUpperCase()}${kind.slice(1)} ${name}`;
}

/** Beside the caller, where it is no absolute path. */
async function readMessage({ cwd }: Context, file: string): Promise<string> {
  const path = resolve(cwd, file);
  const text = await readFile(path, 'utf8').catch(() => '');
  if (text.trim() !== '' && !text.includes('\0')) return text;
  throw flowError('flow-message-missing', `There is no message in ${path}.`, {
    next: [`ls -l ${quote(path)}`],
  });
}

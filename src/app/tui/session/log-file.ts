import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { unlink } from 'node:fs/promises';
import { resolve } from 'node:path';
import { logPrinter } from '#app/surface/text/logs.ts';
import { failureOf } from '#engines/core/errors.ts';
import type { LogEvent } from '#engines/process/types.ts';
import { open } from '../dialogs/dialog.ts';
import { failureViewer } from '../dialogs/viewer.ts';
import { saying } from '../dispatch/call.ts';
import { field } from '../state/field.ts';
import type { Effect, State } from '../state/state.ts';
import type { Keeper, Line } from './keeper.ts';

interface Saving {
  line: Line;
  keeper: Keeper;
  home: string;
  signal: AbortSignal;
}

/** Writes every line of a range into a new file; one that is there already is left as it is. */
export async function saveLogs(
  { file, view, timestamps }: Extract<Effect, { kind: 'save-logs' }>,
  { line, keeper, home, signal }: Saving,
): Promise<(state: State) => State> {
  const { scope } = keeper.state();
  const directory = scope.kind === 'workspace' ? scope.root : scope.directory;
  const path = resolve(directory, file.replace(/^~(?=\/)/, home));
  const whole = view.range.since === undefined ? { from: 0 } : {};
  const input = { names: view.processes, ...view.range, ...whole, follow: false };
  const host = await line.host();
  const written = createWriteStream(path, { flags: 'wx' });
  const failed = once(written, 'error').then(([error]) => Promise.reject(error as NodeJS.ErrnoException));
  failed.catch(() => {});
  let count = 0;
  try {
    await Promise.race([once(written, 'open'), failed]);
    const print = logPrinter({ names: view.processes, timestamps });
    for await (const event of host.follow('process.logs', input, keeper.caller({ signal }))) {
      count++;
      if (!written.write(`${print(event as LogEvent)}\n`))
        await Promise.race([once(written, 'drain'), failed]);
    }
    written.end();
    await Promise.race([once(written, 'finish'), failed]);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'EEXIST') return (state) => askedAgain(state, file);
    written.destroy();
    await unlink(path).catch(() => {});
    return (state) => open(state, failureViewer('save the log', failureOf(thrown)));
  }
  return (state) => saying(state, `${count} ${count === 1 ? 'line' : 'lines'} saved in ${path}`, 'good');
}

function askedAgain(state: State, file: string): State {
  const problem = 'That file is there already and was left as it is.';
  return open(state, { kind: 'prompt', what: 'file', field: field(file), problem });
}

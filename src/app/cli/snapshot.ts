import { openHost } from '#app/invoke/host.ts';
import { exitCodeOf } from '#app/surface/exit.ts';
import { interruption } from '#app/surface/interruption.ts';
import { printLines } from '#app/surface/streams.ts';
import { EXIT } from '#engines/core/errors.ts';
import type { Outcome } from '#engines/core/invocation.ts';
import { pathsFrom } from '#engines/core/paths.ts';
import { visibleJson } from '#engines/core/visible.ts';
import { PANES } from '#panes/index.ts';
import { callerOf } from './caller.ts';
import type { Globals } from './globals.ts';
import { printOutcome } from './output/outcome.ts';

interface Snapshot {
  id: string;
  title: string;
  action: string;
  outcome: Outcome;
}

/** What every pane that is always on the screen shows, once, without a screen. */
export async function runSnapshot(globals: Globals): Promise<number> {
  const host = openHost({ env: process.env, paths: pathsFrom(process.env), now: Date.now });
  const interrupted = interruption();
  try {
    const caller = callerOf(globals, interrupted.signal, () => {});
    const snapshots = await Promise.all(
      PANES.filter(({ isCalled }) => !isCalled).map(async ({ id, title, list }) => ({
        id,
        title,
        action: list.action,
        outcome: await host.invoke(list, caller),
      })),
    );
    await (globals.json ? printJson(snapshots) : printText(snapshots, globals));
    return snapshots.map(({ outcome }) => exitCodeOf(outcome)).find((code) => code !== EXIT.ok) ?? EXIT.ok;
  } finally {
    interrupted.release();
    await host.close();
  }
}

/** What keeps several panes from being read is told once. */
async function printText(snapshots: Snapshot[], globals: Globals): Promise<void> {
  const told = new Set<string>();
  for (const [index, { title, action, outcome }] of snapshots.entries()) {
    const failure = outcome.kind === 'failure' ? outcome.failure.message : undefined;
    if (failure !== undefined && told.has(failure)) continue;
    if (failure !== undefined) told.add(failure);
    printLines([...(index > 0 ? [''] : []), title]);
    await printOutcome(action, outcome, globals);
  }
}

function printJson(snapshots: Snapshot[]): void {
  const panes = snapshots.map(({ id, outcome }) => [id, outcome.kind === 'data' ? outcome.data : null]);
  const failed = snapshots.map(({ outcome }) => outcome).find((outcome) => outcome.kind === 'failure');
  const document = { schemaVersion: 1, action: 'snapshot', ok: !failed, data: Object.fromEntries(panes) };
  printLines([visibleJson(failed ? { ...document, error: failed.failure } : document)]);
}

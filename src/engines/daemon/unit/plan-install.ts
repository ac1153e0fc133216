import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import { call } from '#engines/core/operation.ts';
import type { Draft, OperationStep } from '#engines/core/plan.ts';
import { daemonUnitFile } from '../facts.ts';
import { daemonFiles } from '../files.ts';
import { requireElsewhere } from '../here.ts';
import { daemonStart } from '../operations.ts';
import { stopStep } from '../plan-stop.ts';
import { askLiving } from '../status.ts';
import { DAEMON } from '../target.ts';
import { answerFor } from './file.ts';
import { daemonLinger, daemonUnitEnable, daemonUnitWrite } from './operations.ts';
import { readUnit, type Unit } from './read.ts';
import { refused } from './refused.ts';
import { unitStart } from './start.ts';

type Part = Omit<OperationStep, 'id' | 'target'>;

/** What is missing until the daemon is the system's to start: running it again plans what is left. */
export async function planInstall(_: unknown, context: Context): Promise<Draft> {
  requireElsewhere(context, 'gantry daemon install');
  const unit = await readUnit(context);
  if (!unit || unit.unreachable !== null) return refused(unit, context);
  const living = await askLiving(daemonFiles(context.paths).socket);
  const text = unit.manager.text(unitStart(context));
  const isStale = text !== unit.text;
  const isAnew = isStale && unit.enabled && unit.manager.readsWhenEnabled;
  const isUnder = living !== undefined && living.pid === unit.pid;
  const parts = [
    ...(living && (!isUnder || isAnew) ? [await stopStep(living.instance, context)] : []),
    ...(isAnew ? [enable(unit, false)] : []),
    ...(isStale ? [write(unit, text)] : []),
    ...(isAnew || !unit.enabled ? [enable(unit, true)] : []),
    ...(isAnew || !isUnder ? [part(call(daemonStart, { through: unit.manager.id }))] : []),
    ...(unit.lingering === false ? [part(call(daemonLinger, { on: true }))] : []),
  ];
  if (parts.length > 0) return draftOf(parts);
  return { workspace: null, steps: [], settled: [{ target: DAEMON, reason: `is installed: ${unit.file}` }] };
}

/** Lingering stays as it is: other services of the same person may rely on it. */
export async function planUninstall(_: unknown, context: Context): Promise<Draft> {
  requireElsewhere(context, 'gantry daemon uninstall');
  const unit = await readUnit(context);
  if (!unit || unit.unreachable !== null) return refused(unit, context);
  if (unit.text === null && !unit.enabled)
    return { workspace: null, steps: [], settled: [{ target: DAEMON, reason: 'is not installed' }] };
  const living = await askLiving(daemonFiles(context.paths).socket);
  const isUnder = living !== undefined && living.pid === unit.pid;
  return draftOf([
    ...(isUnder ? [await stopStep(living.instance, context)] : []),
    ...(unit.enabled ? [enable(unit, false)] : []),
    ...(unit.text === null ? [] : [write(unit, null)]),
    ...(isUnder ? [part(call(daemonStart, {}))] : []),
  ]);
}

function write({ manager, file, text: before }: Unit, text: string | null): Part {
  const expects = [expect(daemonUnitFile, { file }, answerFor(before))];
  return { ...call(daemonUnitWrite, { manager: manager.id, file, before, text }), expects };
}

function enable({ manager, file }: Unit, enabled: boolean): Part {
  return part(call(daemonUnitEnable, { manager: manager.id, file, enabled }));
}

function part(change: ReturnType<typeof call>): Part {
  return { ...change, expects: [] };
}

function draftOf(parts: readonly Part[]): Draft {
  const steps = parts.map((one, index) => ({ id: `daemon/${index + 1}`, target: DAEMON, ...one }));
  return { workspace: null, steps };
}

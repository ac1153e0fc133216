import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import type { Context } from '#engines/core/context.ts';
import { shellText } from '#engines/core/shell.ts';
import { daemonFiles } from '#engines/daemon/files.ts';
import { askLiving } from '#engines/daemon/status.ts';
import { lingerSet } from '#engines/daemon/unit/linger.ts';
import { readUnit, type Unit } from '#engines/daemon/unit/read.ts';
import type { Check } from '../types.ts';
import { fine, wrong } from './verdict.ts';

const INSTALL = 'gantry daemon install';

/** Whether the daemon comes back by itself, and whether what it keeps survives that. */
export async function unitChecks(context: Context): Promise<Check[]> {
  const unit = await readUnit(context);
  if (!unit) return [fine('unit', 'this system has no manager of services that could start the daemon')];
  if (unit.text === null) return [unit.unreachable === null ? absent(unit) : impossible(unit)];
  const installed = fine('unit', `installed: ${unit.file}`);
  const program = await launcher(unit, unit.text);
  if (unit.unreachable !== null) return [installed, program, unreachable(unit, context)];
  return [
    installed,
    program,
    enabled(unit),
    ...(unit.killMode === null ? [] : [killMode(unit.killMode, unit.text)]),
    ...(unit.lingering === null ? [] : [lingering(unit.lingering)]),
    ...(await under(unit, context)),
  ];
}

function absent({ file }: Unit): Check {
  return wrong('unit', `${file} is not there: nothing starts the daemon at login or after a crash`, INSTALL);
}

function impossible({ unreachable }: Unit): Check {
  return fine('unit', `not installed, and can't be here: ${unreachable}`);
}

function unreachable({ manager, unreachable: said }: Unit, { env }: Context): Check {
  return wrong('manager', `can't be asked: ${said}`, manager.reach(env)[0] as string);
}

async function launcher({ manager }: Unit, text: string): Promise<Check> {
  const check = 'launcher';
  const program = manager.programIn(text);
  if (program === undefined) return wrong(check, 'the unit starts something else', INSTALL);
  return access(program, constants.X_OK).then(
    () => fine(check, `${program} is what the unit starts`),
    () => wrong(check, `${program} is what the unit starts, and it is gone`, INSTALL),
  );
}

function enabled({ enabled }: Unit): Check {
  if (enabled) return fine('enabled', 'it is started at login, and again after a crash');
  return wrong('enabled', 'it is installed, and nothing starts it', INSTALL);
}

/** What stands beside the unit as a drop-in counts as well. */
function killMode(mode: string, text: string): Check {
  const check = 'kill mode';
  if (mode === 'process') return fine(check, 'what the daemon keeps outlives the unit');
  const detail = `KillMode is ${mode}: everything that the daemon keeps ends with the unit`;
  const isOwn = !/^KillMode=process$/m.test(text);
  return wrong(check, detail, isOwn ? INSTALL : 'systemctl --user edit gantry.service');
}

function lingering(isOn: boolean): Check {
  if (isOn) return fine('lingering', 'services run from boot on, and on after a logout');
  return wrong('lingering', 'everything ends at the last logout', shellText(lingerSet(true)));
}

async function under({ pid }: Unit, { paths }: Context): Promise<Check[]> {
  const check = 'unit runs the daemon';
  const living = await askLiving(daemonFiles(paths).socket).catch(() => undefined);
  if (!living) return [];
  if (living.pid === pid) return [fine(check, `pid ${pid}`)];
  const detail = `the daemon with pid ${living.pid} runs beside its unit: nothing starts it again after a crash`;
  return [wrong(check, detail, 'gantry daemon restart')];
}

import type { Context } from '#engines/core/context.ts';
import { call } from '#engines/core/operation.ts';
import type { Draft, Target } from '#engines/core/plan.ts';
import { quote } from '#engines/core/shell.ts';
import { manifestStep } from '#engines/workspace/manifest-step.ts';
import { readWorkspace } from '#engines/workspace/read.ts';
import { configError } from './errors.ts';
import { requireKey } from './key.ts';
import { type Layer, userLayer, workspaceLayer } from './layers.ts';
import { configWrite } from './operations.ts';
import { requirePerson } from './person.ts';
import { type Key, settingOf, type Value } from './settings.ts';
import type { Scope } from './types.ts';
import { userFile } from './user.ts';
import { checkText } from './values.ts';
import { expectValue } from './write.ts';

interface Input {
  key: string;
  scope: Scope;
}

export async function planSet(
  { key, value, scope }: Input & { value: string },
  context: Context,
): Promise<Draft> {
  const known = requireKey(key);
  const checked = checkText(known, value);
  if ('reason' in checked) throw notAllowed(known, checked.reason);
  return scope === 'user'
    ? draftUser(known, checked.value, context)
    : draftWorkspace(known, checked.value, context);
}

export async function planUnset({ key, scope }: Input, context: Context): Promise<Draft> {
  const known = requireKey(key);
  return scope === 'user' ? draftUser(known, null, context) : draftWorkspace(known, null, context);
}

/** What sets one of the caller's own settings, for commands that have one of their own; null unsets it. */
export async function draftUser(key: Key, value: Value | null, context: Context): Promise<Draft> {
  requirePerson(key, context);
  const before = valueIn(await userLayer(context), key);
  const target: Target = { kind: 'setting', name: key, path: userFile(context.paths) };
  if (before === value) return settled(target, value);
  const expects = [expectValue(key, before)];
  return { steps: [{ id: `${key}/1`, target, expects, ...call(configWrite, { key, before, value }) }] };
}

async function draftWorkspace(key: Key, value: Value | null, context: Context): Promise<Draft> {
  if (value !== null && settingOf(key).personal) throw personal(key);
  const workspace = await readWorkspace(context);
  const layer = await workspaceLayer(workspace);
  const before = valueIn(layer, key);
  if (before === value)
    return settled({ kind: 'workspace', name: workspace.name, path: workspace.root }, value);
  const { setKey, unsetKey } = await import('#engines/workspace/edit.ts');
  const path = ['settings', ...(layer.paths.get(key) ?? key.split('.'))];
  const text = value === null ? unsetKey(workspace.text, path) : setKey(workspace.text, path, value);
  const purpose = value === null ? `unset ${key}` : `set ${key} to ${JSON.stringify(value)}`;
  return { steps: [manifestStep(workspace, { text, purpose })] };
}

function valueIn({ values }: Layer, key: Key): Value | null {
  return values.get(key) ?? null;
}

function settled(target: Target, value: Value | null): Draft {
  const reason = value === null ? 'is not set there' : `is ${JSON.stringify(value)} already`;
  return { steps: [], settled: [{ target, reason }] };
}

function notAllowed(key: Key, reason: string) {
  const { fallback, description } = settingOf(key);
  return configError('setting-invalid', `${key}: ${reason}.`, {
    meaning: `${description}.`,
    next: [`gantry config get ${key}`, `gantry config set ${key} ${quote(String(fallback))}`],
    details: { key },
  });
}

function personal(key: Key) {
  return configError('setting-personal', `${key} can not be set for a workspace.`, {
    next: [`gantry config set ${key} VALUE`],
    details: { key },
  });
}

import { rmSync } from 'node:fs';
import type { Context } from '#engines/core/context.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import type { Target } from '#engines/core/plan.ts';
import { appliedBy } from '#engines/job/apply.ts';
import { runBy } from '#engines/job/apply-run.ts';
import { definitionNow } from '#engines/job/noun.ts';
import { ensureToken } from '#engines/secrets/token.ts';
import { store } from '#engines/store/store.ts';
import type { Definition } from './definition.ts';
import { serverTokenFile, tokenFile } from './files.ts';
import { TRIGGER } from './noun.ts';
import { forgetSeen } from './sight/seen.ts';

type Adding = Application<{ definition: Definition }>;

const applied = appliedBy(TRIGGER);

export const { checkPause, applyPause, checkResume, applyResume } = applied;

export const { checkRun, applyRun } = runBy('trigger', {
  said: 'by hand',
  env: { GANTRY_TRIGGER_ON: 'hand' },
  input: null,
  key: null,
});

export async function checkAdd(given: Adding, context: Context): Promise<Applied | undefined> {
  const known = await applied.checkAdd(given, context);
  return known && withToken(known, given, context);
}

export async function applyAdd(given: Adding, context: Context): Promise<Applied> {
  return withToken(await applied.applyAdd(given, context), given, context);
}

/** The token is in no receipt: it says where it stands. */
function withToken(added: Applied, { args: { definition } }: Adding, { paths }: Context): Applied {
  const { occasion, name } = definition;
  if (occasion.on !== 'webhook' && occasion.on !== 'a2a') return added;
  const file = occasion.on === 'webhook' ? tokenFile(paths, name) : serverTokenFile(paths);
  ensureToken(file);
  return { ...added, summary: `${added.summary}; its token is in ${file}` };
}

export async function checkRemove(given: Adding, context: Context): Promise<Applied | undefined> {
  const known = await applied.checkRemove(given, context);
  if (known) forgetToken(given, context);
  return known;
}

/** Whoever has the token must not have it for another trigger of that name. */
export async function applyRemove(given: Adding, context: Context): Promise<Applied> {
  const removed = await applied.applyRemove(given, context);
  forgetToken(given, context);
  forgetSeen(context.use(store), given.args.definition.name);
  return removed;
}

function forgetToken({ args }: Adding, { paths }: Context): void {
  rmSync(tokenFile(paths, args.definition.name), { force: true });
}

export async function readDefinitionFact(
  { name }: { name: string },
  _: Target,
  context: Context,
): Promise<string> {
  return definitionNow(TRIGGER, name, context);
}

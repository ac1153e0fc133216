import { isAbsolute, join, resolve } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import { type Application, type Applied, call } from '#engines/core/operation.ts';
import type { Draft, Target } from '#engines/core/plan.ts';
import { type Place, setNamed } from '#engines/env/place.ts';
import { store } from '#engines/store/store.ts';
import { secretsError } from './errors.ts';
import { secretsVault } from './facts.ts';
import { secretsLink } from './operations.ts';
import { readLink, readLinks, writeLink } from './records.ts';
import { namesInVault } from './vault.ts';

type Linking = Application<{ set: string; vault: string | null }>;

export async function planLink(
  { vault, ...place }: Place & { vault: string },
  context: Context,
): Promise<Draft> {
  const directory = directoryOf(vault, context);
  namesInVault(directory);
  return planned(setNamed(place), directory, context);
}

export async function planUnlink(place: Place, context: Context): Promise<Draft> {
  const set = setNamed(place);
  if (readLink(context.use(store), set) !== null) return planned(set, null, context);
  throw secretsError('vault-unlinked', `No vault is linked to ${set}.`, { next: ['gantry secrets list'] });
}

export async function checkLink({ args }: Linking, context: Context): Promise<Applied | undefined> {
  return readLink(context.use(store), args.set) === args.vault ? linked(args) : undefined;
}

export async function applyLink({ args }: Linking, context: Context): Promise<Applied> {
  writeLink(context.use(store), args.set, args.vault);
  return linked(args);
}

export async function readVaultFact({ set }: { set: string }, _: Target, context: Context): Promise<string> {
  return readLink(context.use(store), set) ?? 'none';
}

/** Names, never values. */
export async function readSecrets(
  _: object,
  context: Context,
): Promise<{ secrets: { set: string; name: string; vault: string }[] }> {
  return {
    secrets: readLinks(context.use(store)).flatMap(({ set, vault }) =>
      namesInVault(vault).map((name) => ({ set, name, vault })),
    ),
  };
}

function planned(set: string, vault: string | null, context: Context): Draft {
  const target: Target = { kind: 'setting', name: `secrets of ${set}` };
  const before = readLink(context.use(store), set);
  if (before === vault)
    return { workspace: null, steps: [], settled: [{ target, reason: 'is linked already' }] };
  const expects = [expect(secretsVault, { set }, before ?? 'none')];
  const change = call(secretsLink, { set, vault, before });
  return { workspace: null, steps: [{ id: `secrets.${set}/1`, target, expects, ...change }] };
}

/** A directory, its `vault.json`, or the name of one in ~/.jos. */
function directoryOf(named: string, { cwd, paths }: Context): string {
  const path = named.replace(/\/?vault\.json$/, '') || '.';
  const isName = !path.includes('/') && path !== '.' && path !== '..';
  if (isAbsolute(path) || !isName) return resolve(cwd, path);
  return join(paths.home, '.jos', path);
}

function linked({ set, vault }: Linking['args']): Applied {
  return {
    summary: vault === null ? 'unlinked' : 'linked; its secrets count from the next start on',
    leaves: [expect(secretsVault, { set }, vault ?? 'none')],
  };
}

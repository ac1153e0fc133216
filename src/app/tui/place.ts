import { basename, resolve } from 'node:path';
import type { Host } from '#engines/core/host.ts';
import type { Outcome } from '#engines/core/invocation.ts';
import { isRecord } from '#engines/core/json.ts';
import type { Scope } from './state/state.ts';

/** How deep the first screen looks for repositories that could be taken in: as deep as `workspace adopt`. */
const DEPTH = 4;

/** Where the screen works: the workspace around it, or the one that it makes. */
export interface Place {
  /** Root of the workspace; absent where there is none yet. */
  readonly workspace: string | undefined;
  /** Resolves when it is known whether there is a workspace. */
  looked: Promise<void>;
  scopes(): AsyncIterable<Scope>;
  /** The host, watched for an outcome that has made a workspace. */
  noticing(host: Host): Host;
}

export function openPlace(cwd: string, told?: string): Place {
  let workspace = told && resolve(cwd, told);
  const made = Promise.withResolvers<string>();
  const looked = workspace ? Promise.resolve() : look();

  async function look(): Promise<void> {
    const { findWorkspace } = await import('#engines/workspace/read.ts');
    workspace = await findWorkspace(cwd);
  }

  async function* scopes(): AsyncGenerator<Scope> {
    await looked;
    if (!workspace) {
      yield { kind: 'none', directory: cwd };
      const { discover } = await import('#engines/workspace/discover.ts');
      yield { kind: 'none', directory: cwd, found: (await discover(cwd, DEPTH)).length };
      workspace = await made.promise;
    }
    yield { kind: 'workspace', root: workspace, name: basename(workspace) };
  }

  function noticing(host: Host): Host {
    return {
      ...host,
      invoke: async (invocation, caller) => {
        const outcome = await host.invoke(invocation, caller);
        const root = workspace ? undefined : rootOf(outcome);
        if (root) {
          workspace = root;
          made.resolve(root);
        }
        return outcome;
      },
    };
  }

  return {
    get workspace() {
      return workspace;
    },
    looked,
    scopes,
    noticing,
  };
}

function rootOf(outcome: Outcome): string | undefined {
  if (outcome.kind !== 'receipt' || outcome.failure || !isRecord(outcome.data)) return undefined;
  return typeof outcome.data.root === 'string' ? outcome.data.root : undefined;
}

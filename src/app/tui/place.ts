import { basename, resolve } from 'node:path';
import type { Caller, Host } from '#engines/core/host.ts';
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
    const { findWorkspace } = await import('#engines/workspace/find.ts');
    workspace = findWorkspace(cwd);
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
        let planned: string | undefined;
        const report: Caller['report'] = (told) => {
          if (told.kind === 'plan') planned = told.plan.workspace;
          caller.report(told);
        };
        const outcome = await host.invoke(invocation, { ...caller, report });
        if (!workspace && planned && outcome.kind === 'receipt' && outcome.receipt.status === 'done') {
          workspace = planned;
          made.resolve(planned);
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

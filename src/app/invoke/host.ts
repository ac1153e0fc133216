import { ACTIONS } from '#app/registry/actions.ts';
import { findAction, findCard, findFact, findOperation, IDS } from '#app/registry/find.ts';
import { readHostSettings } from '#engines/config/early.ts';
import type { Action } from '#engines/core/action.ts';
import type { ActionCard } from '#engines/core/card.ts';
import type { Context } from '#engines/core/context.ts';
import { failureOf, GantryError } from '#engines/core/errors.ts';
import type { Caller, Host } from '#engines/core/host.ts';
import type { Invocation, Outcome } from '#engines/core/invocation.ts';
import type { Json } from '#engines/core/json.ts';
import type { Registry } from '#engines/core/registry.ts';
import type { World } from '#engines/core/resource.ts';
import { invokeError } from './errors.ts';
import { parseInput } from './input.ts';
import { openResources } from './resources.ts';

const REGISTRY: Registry = {
  get cards() {
    return ACTIONS;
  },
  find: findAction,
  operation: findOperation,
  fact: findFact,
  shell: async () => (await import('#app/cli/described.ts')).SHELL,
};

/** A host in this process, whose owner can act by itself as well. */
export interface OwnHost extends Host {
  /** What is known of an action without loading its engine. */
  card(id: string): ActionCard | undefined;
  contextFor(caller: Caller): Context;
}

/** A host in this process: the only way in to every action, from every surface. */
export function openHost(world: World): OwnHost {
  const resources = openResources({
    ...world,
    get concurrency() {
      return readHostSettings(world)['git.concurrency'] || undefined;
    },
  });

  async function invoke(invocation: Invocation, caller: Caller): Promise<Outcome> {
    try {
      const context = contextFor(caller);
      const action = await declared(invocation.action);
      if (action.kind === 'stream') throw mismatch(action);
      const given = invocation.retry ? await retried(invocation, context) : invocation.input;
      const input = await parseInput(action, given, caller.actor.surface);
      if (action.kind === 'command') {
        const { runCommand } = await import('./run.ts');
        return await runCommand(action, input, invocation, context);
      }
      const read = await action.read();
      const data = (await read(input, context)) as Json;
      const failure = (await action.verdict?.())?.(data);
      return { kind: 'data', data, ...(failure && { failure }) };
    } catch (thrown) {
      const { unwritten } = await import('#engines/store/store.ts');
      return { kind: 'failure', failure: failureOf(unwritten(thrown, world)) };
    }
  }

  async function* follow(id: string, given: unknown, caller: Caller): AsyncGenerator<unknown> {
    const action = await declared(id);
    if (action.kind !== 'stream') throw mismatch(action);
    const input = await parseInput(action, given, caller.actor.surface);
    const events = await action.follow();
    yield* events(input, contextFor(caller));
  }

  function contextFor(caller: Caller): Context {
    const context: Context = {
      ...caller,
      env: { ...world.env, ...caller.env },
      paths: world.paths,
      now: world.now,
      registry: REGISTRY,
      use: resources.use,
      invoke: async (action, input) => dataOf(await invoke({ action, input }, caller)),
    };
    return context;
  }

  return { invoke, follow, card: findCard, contextFor, close: resources.close };
}

async function retried(invocation: Invocation, context: Context): Promise<unknown> {
  const { retriedInput } = await import('./retry.ts');
  return retriedInput(invocation, context);
}

async function declared(id: string): Promise<Action> {
  const action = await findAction(id);
  if (action) return action;
  const { nearest } = await import('#engines/core/nearest.ts');
  const meant = nearest(id, IDS);
  throw invokeError('action-unknown', `There is no action ${id}${meant ? `; did you mean ${meant}?` : '.'}`, {
    next: [meant ? `gantry ${meant.replaceAll('.', ' ')} --help` : 'gantry --help'],
  });
}

function mismatch(action: Action): GantryError {
  return invokeError('kind-mismatch', `${action.id} is a ${action.kind}.`, {
    next: ['gantry describe --json'],
  });
}

function dataOf(outcome: Outcome): unknown {
  if (outcome.kind === 'data') return outcome.data;
  if (outcome.kind === 'receipt' && !outcome.failure) return outcome.data;
  if (outcome.kind === 'failure' || outcome.kind === 'receipt') {
    throw new GantryError(outcome.failure as NonNullable<typeof outcome.failure>);
  }
  throw invokeError('not-approved', 'A plan inside another action was not approved.');
}

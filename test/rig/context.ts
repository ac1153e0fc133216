import { findFact, findOperation } from '#app/registry/find.ts';
import type { Actor } from '../../src/engines/core/actor.ts';
import type { Context } from '../../src/engines/core/context.ts';
import { pathsFrom } from '../../src/engines/core/paths.ts';
import type { Report } from '../../src/engines/core/report.ts';
import type { Resource } from '../../src/engines/core/resource.ts';
import type { World } from './home.ts';

export type TestContext = Context & {
  /** Everything that was reported, in order. */
  readonly reports: Report[];
};

const ACTOR: Actor = { kind: 'script', name: 'ada', surface: 'shell', host: 'test', pid: process.pid };

/** A context for engines over a world; its resources are closed with the world. */
export const testContext = (world: World, changes: Partial<Context> = {}): TestContext => {
  const opened = new Map<string, unknown>();
  const reports: Report[] = [];
  const context: TestContext = {
    actor: ACTOR,
    cwd: world.path('work'),
    env: world.env,
    paths: pathsFrom(world.env),
    signal: new AbortController().signal,
    now: Date.now,
    report: (report) => void reports.push(report),
    ask: async () => ({ kind: 'needs-input' }),
    invoke: async (action) => {
      throw new Error(`${action} was invoked, and a test context runs no actions.`);
    },
    registry: {
      cards: [],
      find: () => undefined,
      operation: findOperation,
      fact: findFact,
      shell: async () => ({ options: [], commands: [] }),
    },
    use: <T>(resource: Resource<T>): T => {
      if (opened.has(resource.id)) return opened.get(resource.id) as T;
      const value = resource.open({ paths: context.paths, env: context.env, now: context.now }, context.use);
      opened.set(resource.id, value);
      world.defer(() => resource.close(value));
      return value;
    },
    ...changes,
    reports,
  };
  return context;
};

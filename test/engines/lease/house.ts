import { openHost } from '#app/invoke/host.ts';
import type { Actor } from '#engines/core/actor.ts';
import type { Failure } from '#engines/core/errors.ts';
import type { Caller } from '#engines/core/host.ts';
import type { Invocation, Outcome } from '#engines/core/invocation.ts';
import { pathsFrom } from '#engines/core/paths.ts';
import type { Receipt } from '#engines/core/receipt.ts';
import type { DescribedPlan } from '#engines/core/report.ts';
import type { RowDelta } from '#engines/core/rows.ts';
import type { Lease } from '#engines/lease/types.ts';
import { findWorkspace } from '#engines/workspace/find.ts';
import type { World } from '../../rig/home.ts';

export const MINUTE = 60_000;
export const DAY = 86_400_000;

type Manner = Omit<Invocation, 'action' | 'input'> & Partial<Pick<Caller, 'ask' | 'cwd' | 'env' | 'signal'>>;

/** Somebody who calls the real spine: what comes of a call is expected to be of the kind that is asked for. */
export type Somebody = {
  call(action: string, input?: object, manner?: Manner): Promise<Outcome>;
  plan(action: string, input?: object, manner?: Manner): Promise<DescribedPlan>;
  receipt(action: string, input?: object, manner?: Manner): Promise<Receipt>;
  failure(action: string, input?: object, manner?: Manner): Promise<Failure>;
  /** What the list shows. */
  leases(manner?: Manner): Promise<Lease[]>;
  watch(signal: AbortSignal): AsyncIterator<RowDelta<Lease>>;
};

export type House = {
  /** Milliseconds since the epoch, as everybody here has it; the machine's own until it is set. */
  clock: { at: number | null };
  ada: Somebody;
  bob: Somebody;
  robot: Somebody;
  nightly: Somebody;
};

/** One machine with several who act on it. */
export const openHouse = (world: World): House => {
  const clock: House['clock'] = { at: null };
  const now = () => clock.at ?? Date.now();
  const host = openHost({ env: world.env, paths: pathsFrom(world.env), now });
  world.defer(() => host.close());

  const somebody = (kind: Actor['kind'], name: string, always: Manner = {}): Somebody => {
    const callerOf = ({ cwd = world.path('work'), ask, env, signal }: Manner): Caller => ({
      actor: { kind, name, surface: 'shell', host: 'test', pid: process.pid },
      cwd,
      workspace: findWorkspace(cwd),
      signal: signal ?? new AbortController().signal,
      report: () => {},
      ask: ask ?? (async () => ({ kind: 'needs-input' })),
      ...(env ? { env } : {}),
    });
    const call: Somebody['call'] = (action, input = {}, manner = {}) => {
      const { cwd, ask, env, signal, ...rest } = { ...always, ...manner };
      return host.invoke({ action, input, ...rest }, callerOf({ cwd, ask, env, signal }));
    };
    const expectKind = async <K extends Outcome['kind']>(kind: K, ...args: Parameters<Somebody['call']>) => {
      const outcome = await call(...args);
      if (outcome.kind === kind) return outcome as Extract<Outcome, { kind: K }>;
      throw new Error(`${args[0]} came out as ${JSON.stringify(outcome, null, 2)}`);
    };
    return {
      call,
      plan: async (action, input, manner) =>
        (await expectKind('plan', action, input, { ...manner, dryRun: true })).plan,
      receipt: async (...args) => (await expectKind('receipt', ...args)).receipt,
      failure: async (...args) => (await expectKind('failure', ...args)).failure,
      leases: async (manner) => {
        const { data } = await expectKind('data', 'lease.list', {}, manner);
        return (data as unknown as { leases: Lease[] }).leases;
      },
      watch: (signal) => {
        const events = host.follow('lease.watch', {}, callerOf({ signal }));
        return events[Symbol.asyncIterator]() as AsyncIterator<RowDelta<Lease>>;
      },
    };
  };

  return {
    clock,
    ada: somebody('human', 'ada'),
    bob: somebody('human', 'bob'),
    robot: somebody('agent', 'robot'),
    nightly: somebody('script', 'ada', { env: { GANTRY_HOLDER: 'nightly' } }),
  };
};

export const YES = { approval: { yes: true } } as const;

import * as z from 'zod/mini';
import { expect } from '#engines/core/fact.ts';
import { call, type Operation, operation } from '#engines/core/operation.ts';
import type { Target } from '#engines/core/plan.ts';
import type { Description } from '#engines/core/report.ts';
import { leaseHolder } from './facts.ts';
import { placeWords } from './place.ts';

const claimed = {
  /** Without links. */
  path: z.string(),
  /** Root of the workspace, without links. */
  workspace: z.string(),
  repo: z.string(),
  /** Null of a whole repo. */
  set: z.nullable(z.string()),
};

const terms = { note: z.nullable(z.string()), seconds: z.number() };

const takeArgs = z.object({
  ...claimed,
  ...terms,
  /** Null stands for who applies it: a plan is the same whoever makes it. */
  holder: z.nullable(z.string()),
  /** What is renewed; null where the holder has no lease there. */
  before: z.nullable(z.object(terms)),
});

const takenSchema = z.object({ holder: z.string() });

/** Takes a lease, or renews it: that is its holder's heartbeat. */
export const leaseTake: Operation<typeof takeArgs> = operation({
  id: 'lease.take',
  args: takeArgs,
  effect: 'write',
  describe: ({ set, note, seconds, holder, before }, { name }) => ({
    summary: [
      `${before ? 'renew' : 'take'} the lease on ${placeWords(name, set)}`,
      holder === null ? '' : ` for ${holder}`,
      `, ${seconds} s`,
      note === null ? '' : `: ${note}`,
    ].join(''),
    commands: [],
  }),
  check: async () => (await import('./write.ts')).checkTake,
  apply: async () => (await import('./write.ts')).applyTake,
  invert: ({ before, note, seconds, ...place }, result) => {
    const { holder } = z.parse(takenSchema, result);
    // A mere heartbeat leaves nothing to take back, and no undo stops at it.
    if (before && before.note === note && before.seconds === seconds) return [];
    if (before) return [call(leaseTake, { ...place, ...before, holder, before: { note, seconds } })];
    return [call(leaseRelease, { ...place, note, seconds, holder })];
  },
});

const releaseArgs = z.object({ ...claimed, ...terms, holder: z.string() });

export const leaseRelease: Operation<typeof releaseArgs> = operation({
  id: 'lease.release',
  args: releaseArgs,
  effect: 'write',
  describe: describeRelease,
  check: async () => (await import('./write.ts')).checkRelease,
  apply: async () => (await import('./write.ts')).applyRelease,
  needs: ({ path }) => [expect(leaseHolder, { path }, 'you')],
  invert: (args) => [call(leaseTake, { ...args, before: null })],
});

/** The destructive twin: ends the lease of somebody else, who may be at work there. */
export const leaseRevoke: Operation<typeof releaseArgs> = operation({
  id: 'lease.revoke',
  args: releaseArgs,
  effect: 'destructive',
  describe: describeRelease,
  check: async () => (await import('./write.ts')).checkRelease,
  apply: async () => (await import('./write.ts')).applyRevoke,
  invert: (args) => [call(leaseTake, { ...args, before: null })],
});

function describeRelease({ set, holder }: z.output<typeof releaseArgs>, { name }: Target): Description {
  return { summary: `end the lease of ${holder} on ${placeWords(name, set)}`, commands: [] };
}

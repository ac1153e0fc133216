import { availableParallelism } from 'node:os';
import { instants, random } from '../rig/faults.ts';
import { SUBJECTS } from '../scenario/faults/subjects.ts';
import { gitsOf, type Kill, trial } from '../scenario/faults/trial.ts';

export type Planned = { subject: string; kill: Kill };

export type Result = { killed: number; survived: number; failed: string[] };

/** Every git of every subject, killed before and killed after. */
export const everyGit = async (): Promise<Planned[]> =>
  (await counted()).flatMap(([subject, gits]) =>
    Array.from({ length: gits }, (_, index) => index + 1).flatMap((nth) =>
      (['before', 'after'] as const).map((when) => ({ subject, kill: { nth, when } })),
    ),
  );

/** So many moments drawn from a seed, over all subjects; after every other one the person does not wait to resume. */
export const moments = async (seed: number, count: number): Promise<Planned[]> => {
  const next = random(seed);
  const subjects = await counted();
  return subjects.flatMap(([subject, calls]) =>
    instants(Math.floor(next() * 2 ** 31), { count: Math.ceil(count / subjects.length), calls }).map(
      ({ nth, during }, index) => ({
        subject,
        kill: { nth, when: { during }, impatient: index % 2 === 1 },
      }),
    ),
  );
};

/** Runs all of them, as many at once as there are processors, and tells of each failure how to repeat it. */
export const runAll = async (planned: readonly Planned[]): Promise<Result> => {
  const queue = [...planned];
  const result: Result = { killed: 0, survived: 0, failed: [] };
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      try {
        result[(await trial(next.subject, next.kill)) ? 'killed' : 'survived']++;
      } catch (thrown) {
        const why = thrown instanceof Error ? thrown.message : String(thrown);
        result.failed.push(`${JSON.stringify(next)}: ${why}`);
      }
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return result;
};

const counted = () =>
  Promise.all(Object.keys(SUBJECTS).map(async (subject) => [subject, await gitsOf(subject)] as const));

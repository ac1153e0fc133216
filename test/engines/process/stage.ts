import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { openEnds } from '#engines/process/ends.ts';
import { environmentOf } from '#engines/process/environment.ts';
import { type Keeper, openKeeper } from '#engines/process/keeper.ts';
import { type ProcessSpec, specSchema } from '#engines/process/spec.ts';
import { NEVER_RUN, type Status } from '#engines/process/status.ts';
import { openSurvivors } from '#engines/process/survivors.ts';
import type { World } from '../../rig/home.ts';
import { until } from '../../rig/until.ts';

/** A keeper of one process, with all that it has told of it. */
export type Stage = {
  keeper: Keeper;
  spec: ProcessSpec;
  told: Status[];
  phases(): string[];
  output(): string;
  reaches(phase: Status['phase']): Promise<Status>;
  /** Another daemon takes the place of this one. */
  next(): Stage;
};

export const specOf = (world: World, argv: string[], given: Partial<z.input<typeof specSchema>> = {}) =>
  z.parse(specSchema, {
    ...{ name: 'web:0', kind: 'service', owner: 'web', workspace: null, argv, cwd: world.path('work') },
    ...given,
  });

export const openStage = (world: World, spec: ProcessSpec, status: Status = NEVER_RUN): Stage => {
  const told: Status[] = [];
  const file = world.path('output.log');
  const ends = openEnds();
  const keeper = openKeeper(spec, status, {
    now: Date.now,
    ends,
    survivors: openSurvivors(),
    environment: async (spec, run) => environmentOf(spec, { machine: world.env, run }),
    output: {
      open: () => {
        const descriptor = openSync(file, 'a');
        return { descriptor, size: fstatSync(descriptor).size, close: () => closeSync(descriptor) };
      },
      resume: () => {},
      end: () => {},
      file: () => file,
      close: async () => {},
    },
    unready: () => [],
    keep: (status) => void told.push(status),
  });
  world.defer(() => keeper.stop());
  const stage: Stage = {
    keeper,
    spec,
    told,
    phases: () => told.map(({ phase }) => phase).filter((phase, index, all) => phase !== all[index - 1]),
    output: () => readFileSync(file, 'utf8'),
    reaches: async (phase) => {
      await until(() => keeper.status.phase === phase, { what: `${phase}, being ${keeper.status.phase}` });
      return keeper.status;
    },
    next: () => {
      keeper.leave();
      ends.close();
      return openStage(world, spec, keeper.status);
    },
  };
  return stage;
};

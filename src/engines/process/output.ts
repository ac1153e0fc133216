import { closeSync, fstatSync } from 'node:fs';
import type { World } from '#engines/core/resource.ts';
import { logDirectory } from './files.ts';
import { keepLogs } from './logs/keep.ts';
import { logFile, openForWriting } from './logs/open.ts';
import type { ProcessSpec } from './spec.ts';

/** Where processes write what they have to say, each by itself into a file of its own. */
export interface Output {
  /** For a new run, at the end of what the runs before have written. */
  open(spec: ProcessSpec): OpenedLog;
  /** For a run that goes on. */
  resume(spec: ProcessSpec): void;
  end(spec: ProcessSpec): void;
  file(spec: ProcessSpec): string;
  close(): Promise<void>;
}

interface OpenedLog {
  descriptor: number;
  /** Bytes that are there already. */
  size: number;
  /** The process has its own by then. */
  close(): void;
}

export function openOutput(world: World): Output {
  const kept = keepLogs({ now: world.now, env: world.env, log: world.log });
  const place = ({ name }: ProcessSpec) => logDirectory(world, name);

  return {
    open(spec) {
      const descriptor = openForWriting(place(spec));
      kept.add(place(spec), spec.log);
      return { descriptor, size: fstatSync(descriptor).size, close: () => closeSync(descriptor) };
    },
    resume: (spec) => kept.add(place(spec), spec.log),
    end: (spec) => kept.remove(place(spec)),
    file: (spec) => logFile(place(spec)),
    close: () => kept.close(),
  };
}

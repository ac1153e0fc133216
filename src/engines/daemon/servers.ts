import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import type { Paths } from '#engines/core/context.ts';
import { isAlive } from '#engines/store/process.ts';

const contentSchema = z.object({
  /** The daemon, by pid and start. */
  instance: z.string(),
  servers: z.array(
    z.object({
      name: z.string(),
      port: z.number(),
      /** Why it does not listen; null where it does. */
      problem: z.nullable(z.string()),
    }),
  ),
});

/** An HTTP server that the daemon has open, or would have. */
export type Server = z.infer<typeof contentSchema>['servers'][number];

type Runtime = Pick<Paths, 'runtime'>;

export function writeServers(paths: Runtime, content: z.infer<typeof contentSchema>): void {
  const file = fileIn(paths);
  writeFileSync(`${file}.new`, `${JSON.stringify(content)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

export function removeServers(paths: Runtime): void {
  rmSync(fileIn(paths), { force: true });
}

/** Those of the daemon that runs; none where none does. */
export function readServers(paths: Runtime): Server[] {
  try {
    const { instance, servers } = z.parse(contentSchema, JSON.parse(readFileSync(fileIn(paths), 'utf8')));
    return isAlive(instance) ? servers : [];
  } catch {
    return [];
  }
}

function fileIn({ runtime }: Runtime): string {
  return join(runtime, 'servers.json');
}

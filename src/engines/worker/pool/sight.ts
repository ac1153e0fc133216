import type { Context } from '#engines/core/context.ts';
import { pooledRow } from '../list.ts';
import type { WorkerRow } from '../row.ts';
import { listeningPort, type Pool } from './find.ts';

/** The workers of a pool manager as a watch knows them. */
export interface Sight {
  /** What was known last; the manager is asked anew where that is some time ago. */
  rows(): readonly WorkerRow[];
}

/** Milliseconds between looks, while a manager answers or nobody listens. */
const LOOK_EVERY = 2_000;

/** Milliseconds until whoever is no manager, or does not answer as one, is looked at again. */
const LEFT_ALONE = 30_000;

/** Looks in a row that may fail before what was known is given up. */
const PATIENCE = 2;

export function openSight(context: Context): Sight {
  let pool: Pool | undefined;
  let rows: readonly WorkerRow[] = [];
  let failures = 0;
  let nextAt = 0;

  /** Resolves with how long what it found may stand. */
  async function look(): Promise<number> {
    const port = await listeningPort(context);
    if (pool?.port !== port) pool = undefined;
    if (port === undefined) return know([], LOOK_EVERY);
    const [{ poolAt }, { listPooled }] = await Promise.all([import('./detect.ts'), import('./manager.ts')]);
    const found = pool ?? (await poolAt(port, context));
    pool = found;
    if (!found) return know([], LEFT_ALONE);
    const workers = await listPooled(found, context);
    return know(
      workers.map((worker) => pooledRow({ pool: found, worker })),
      LOOK_EVERY,
    );
  }

  function know(found: readonly WorkerRow[], stands: number): number {
    rows = found;
    failures = 0;
    return stands;
  }

  /** Who asks for a list hears what is wrong with the manager; who watches sees that its workers are not there. */
  function failed(): number {
    pool = undefined;
    if (++failures < PATIENCE) return LOOK_EVERY;
    rows = [];
    return LEFT_ALONE;
  }

  return {
    rows() {
      if (context.now() < nextAt) return rows;
      nextAt = Number.POSITIVE_INFINITY;
      void look()
        .catch(failed)
        .then((stands) => {
          nextAt = context.now() + stands;
        });
      return rows;
    },
  };
}

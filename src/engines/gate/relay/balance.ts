import type { Backend } from './board.ts';

/** A backend among those that may answer a request. */
export interface Candidate {
  backend: Backend;
  weight: number;
  /** 0 before all that are fallbacks, which go by their order. */
  rank: number;
}

/** One request at one backend. */
export interface Use {
  /** Whether it answered as it should, where that can be said; told once. */
  end(isWell?: boolean): void;
}

export interface Balance {
  /** Who is to be asked next; undefined where all have been. */
  next(candidates: readonly Candidate[], tried: ReadonlySet<Backend['id']>): Candidate | undefined;
  begin(candidate: Candidate): Use;
  /** Requests that a backend is answering. */
  activeOf(id: Backend['id']): number;
  isResting(backend: Backend): boolean;
}

interface Load {
  run: string;
  active: number;
  /** Grows with each request by what is the less the greater its share: among equals the one behind is next. */
  turn: number;
  /** In a row. */
  failures: number;
  /** Until then others are asked first. */
  restsUntil: number;
}

/** Milliseconds that a backend rests after its first failure; they double with each in a row. */
const REST = { first: 1_000, most: 30_000 };

/** The least busy of those that are well; one that has failed just now is the last to be asked, and still is one. */
export function openBalance(now: () => number): Balance {
  const loads = new Map<string, Load>();

  function loadOf({ id, run }: Backend): Load {
    const known = loads.get(id);
    if (known?.run === run) return known;
    const turns = [...loads.values()].map(({ turn }) => turn);
    const turn = turns.length > 0 ? Math.min(...turns) : 0;
    const load = { run, active: known?.active ?? 0, turn: known?.turn ?? turn, failures: 0, restsUntil: 0 };
    loads.set(id, load);
    return load;
  }

  function isWell(backend: Backend): boolean {
    return backend.isHealthy && loadOf(backend).restsUntil <= now();
  }

  return {
    next(candidates, tried) {
      const left = candidates.filter(({ backend }) => !tried.has(backend.id));
      const ranked = left.map((candidate) => {
        const { active, turn } = loadOf(candidate.backend);
        const order = [isWell(candidate.backend) ? 0 : 1, candidate.rank, active / candidate.weight, turn];
        return { candidate, order };
      });
      return ranked.toSorted((a, b) => compare(a.order, b.order))[0]?.candidate;
    },
    begin({ backend, weight }) {
      const load = loadOf(backend);
      load.active += 1;
      load.turn += 1 / weight;
      return {
        end(isWell) {
          // A worker that was started again meanwhile has nothing to do with it but the count.
          const present = loads.get(backend.id) ?? load;
          present.active -= 1;
          if (present.run !== backend.run || isWell === undefined) return;
          present.failures = isWell ? 0 : present.failures + 1;
          present.restsUntil = isWell ? 0 : now() + restAfter(present.failures);
        },
      };
    },
    activeOf: (id) => loads.get(id)?.active ?? 0,
    isResting: (backend) => !isWell(backend),
  };
}

function restAfter(failures: number): number {
  return Math.min(REST.first * 2 ** (failures - 1), REST.most);
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at === -1 ? 0 : (a[at] as number) - (b[at] as number);
}

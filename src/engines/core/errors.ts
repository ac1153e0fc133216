import type { Json } from './json.ts';

/** Process exit codes; a failure's class is the exit code that its catalogue entry names. */
export const EXIT = {
  ok: 0,
  failed: 1,
  usage: 2,
  git: 3,
  workspace: 4,
  spec: 5,
  build: 6,
  network: 7,
  denied: 8,
  approval: 9,
  interrupted: 130,
} as const;

export type ExitClass = keyof typeof EXIT;

/** What went wrong, as a value: it is printed, journalled, sent over the wire and put into tool results. */
export interface Failure {
  /** Stable, kebab-case, listed in the catalogue of the engine that raises it. */
  code: string;
  /** The class that decides the exit code. */
  exit: ExitClass;
  /** What happened, one sentence. */
  message: string;
  /** What it means for the person who asked. */
  meaning?: string;
  /** Commands to try next, most likely first. */
  next?: string[];
  /** Structured particulars for programs: line, column, names that were close. */
  details?: { [key: string]: Json };
}

/** A catalogue maps each code to its exit class and to what it means, once per engine. */
export type Catalogue = Record<string, { exit: ExitClass; meaning: string }>;

/** Carries a failure through `throw`; every layer above sees only the value inside. */
export class GantryError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure.message, options);
    this.name = 'GantryError';
    this.failure = failure;
  }
}

type Particulars = Pick<Failure, 'next' | 'details'> & { meaning?: string; cause?: unknown };

/** Throws what a catalogue lists; the reference reads the catalogue from it. */
export interface Raiser<C extends Catalogue> {
  (code: keyof C & string, message: string, particulars?: Particulars): GantryError;
  catalogue: C;
}

/**
 * Makes the raiser of one catalogue: `const gitError = errors(GIT_ERRORS); throw gitError('git-missing', 'git was not found')`.
 */
export function errors<C extends Catalogue>(catalogue: C): Raiser<C> {
  function raise(code: keyof C & string, message: string, { cause, ...rest }: Particulars = {}): GantryError {
    const entry = catalogue[code] as C[string];
    return new GantryError({ code, exit: entry.exit, message, meaning: entry.meaning, ...rest }, { cause });
  }
  return Object.assign(raise, { catalogue });
}

/** The failure inside anything thrown; what nobody foresaw becomes `unexpected`. */
export function failureOf(thrown: unknown): Failure {
  if (isGantryError(thrown)) return thrown.failure;
  if (isAbort(thrown)) return cancelled(thrown);
  if (isReplaced(thrown)) return replaced();
  return {
    code: 'unexpected',
    exit: 'failed',
    message: thrown instanceof Error ? thrown.message : String(thrown),
    meaning: 'Gantry met something it did not foresee; this is a defect in Gantry.',
    next: ['gantry <the same command> --debug'],
  };
}

/** By name: each bundled door has a copy of this class, and what one throws another may catch. */
function isGantryError(thrown: unknown): thrown is GantryError {
  return thrown instanceof Error && thrown.name === 'GantryError' && 'failure' in thrown;
}

function isAbort(thrown: unknown): thrown is Error {
  return thrown instanceof Error && (thrown.name === 'AbortError' || thrown.name === 'TimeoutError');
}

/** A program that runs loads its parts when it first needs them, and an upgrade takes those of the old build away. */
function isReplaced(thrown: unknown): boolean {
  return thrown instanceof Error && /^Cannot find module '\.\/[^']+\.cjs'/.test(thrown.message);
}

function replaced(): Failure {
  return {
    code: 'program-replaced',
    exit: 'failed',
    message: 'The program was replaced while it ran, and the part that does this is gone.',
    meaning: 'Another build was installed; a daemon of that build does what this one no longer can.',
    next: ['gantry daemon stop', 'gantry daemon start'],
  };
}

function cancelled({ name }: Error): Failure {
  return {
    code: 'cancelled',
    exit: 'interrupted',
    message: name === 'TimeoutError' ? 'The time for the action was over.' : 'The action was cancelled.',
    meaning: 'What was done by then is done, and nothing more was begun.',
  };
}

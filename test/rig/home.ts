import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import {
  type Finished,
  type LivingProcess,
  processesNaming,
  type Running,
  type RunOptions,
  run,
  type StartOptions,
  start,
} from './process.ts';
import { programCommand, stopDaemon } from './program.ts';

/** A machine of its own for one test: nothing of the real home, configuration or session reaches what runs in it. */
export type World = AsyncDisposable & {
  readonly dir: string;
  readonly env: Record<string, string>;
  path(...segments: string[]): string;
  /** Runs the built program to its end. */
  gantry(args: readonly string[], options?: RunOptions): Promise<Finished>;
  /** Starts the built program and leaves it running; it is stopped with the world. */
  startGantry(args: readonly string[], options?: StartOptions): Running;
  run(file: string, args: readonly string[], options?: RunOptions): Promise<Finished>;
  start(file: string, args: readonly string[], options?: StartOptions): Running;
  /** The environment of a process in this world with some variables changed. */
  environment(changes?: StartOptions['env']): Record<string, string>;
  /** Everything alive that was started in this world, directly or not (Linux). */
  processes(): LivingProcess[];
  /** Runs when the world ends, last given first run. */
  defer(cleanup: () => unknown): void;
};

export type WorldOptions = {
  env?: Record<string, string>;
  /** More of the user's git configuration, as `section.key` and value. */
  gitConfig?: Record<string, string>;
};

/** The moment at which every commit of the rig is made, unless a test says another. */
export const COMMIT_DATE = '2026-01-02T03:04:05Z';

export const createWorld = async (options: WorldOptions = {}): Promise<World> => {
  const dir = mkdtempSync(join(shortTemporaryDirectory(), 'gantry-'));
  const env = { ...environmentOf(dir), ...options.env };
  for (const folder of ['home', 'tmp', 'work']) mkdirSync(join(dir, folder));
  mkdirSync(join(dir, 'run'), { mode: 0o700 });
  writeFileSync(join(dir, 'home', '.gitconfig'), gitConfiguration(options.gitConfig));

  const end = new AsyncDisposableStack();
  end.defer(() => rmSync(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 }));
  end.defer(() => stopDaemon(world));
  const environment: World['environment'] = (changes = {}) => {
    const merged = Object.entries({ ...env, ...changes });
    return Object.fromEntries(merged.filter((entry): entry is [string, string] => entry[1] !== undefined));
  };
  const placed = <O extends StartOptions>({ cwd = join(dir, 'work'), env: changes, ...rest }: O) => ({
    ...rest,
    cwd,
    env: environment(changes),
  });

  const world: World = {
    dir,
    env,
    path: (...segments) => join(dir, ...segments),
    gantry: (args, given = {}) => {
      const [file, ...before] = programCommand();
      return world.run(file, [...before, ...args], given);
    },
    startGantry: (args, given = {}) => {
      const [file, ...before] = programCommand();
      return world.start(file, [...before, ...args], given);
    },
    run: (file, args, given = {}) => run(file, args, placed(given)),
    start: (file, args, given = {}) => {
      const running = start(file, args, placed(given));
      world.defer(() => running.stop('SIGKILL').catch(() => {}));
      return running;
    },
    environment,
    processes: () => processesNaming(dir),
    defer: (cleanup) => end.defer(async () => void (await cleanup())),
    [Symbol.asyncDispose]: () => end.disposeAsync(),
  };
  return world;
};

/** Unix sockets may be 108 bytes long, and some systems' temporary directories alone take most of that. */
const shortTemporaryDirectory = () => {
  const usual = realpathSync(tmpdir());
  return usual.length > 40 ? realpathSync('/tmp') : usual;
};

const environmentOf = (dir: string): Record<string, string> => {
  const home = join(dir, 'home');
  return {
    PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
    HOME: home,
    USER: 'ada',
    LOGNAME: 'ada',
    SHELL: '/bin/sh',
    TERM: 'dumb',
    LANG: 'C.UTF-8',
    TZ: 'UTC',
    TMPDIR: join(dir, 'tmp'),
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_DATA_HOME: join(home, '.local', 'share'),
    XDG_STATE_HOME: join(home, '.local', 'state'),
    XDG_CACHE_HOME: join(home, '.cache'),
    XDG_RUNTIME_DIR: join(dir, 'run'),
    GIT_CONFIG_GLOBAL: join(home, '.gitconfig'),
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_DATE: COMMIT_DATE,
    GIT_COMMITTER_DATE: COMMIT_DATE,
  };
};

// Maintenance in the background would race with a test's own look at the repository.
const gitConfiguration = (more: Record<string, string> = {}) =>
  Object.entries({
    'user.name': 'Ada Example',
    'user.email': 'ada@example.test',
    'init.defaultBranch': 'main',
    'gc.auto': '0',
    'maintenance.auto': 'false',
    ...more,
  })
    .map(([name, value]) => {
      const [section, ...rest] = name.split('.');
      const key = rest.pop();
      const subsection = rest.length > 0 ? ` ${JSON.stringify(rest.join('.'))}` : '';
      return `[${section}${subsection}]\n\t${key} = ${JSON.stringify(value)}\n`;
    })
    .join('');

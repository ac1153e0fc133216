import { openSync, readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import type { Script } from 'node:vm';
import { openCodeCache } from '#app/code-cache.ts';

/** What a part exports. */
type Exports = Record<string, unknown>;
type Part = (link: Link, give: (exports: Exports) => void) => void;

export interface Program {
  /** Where its files are. */
  directory: string;
  /** What they are called there, by the names that parts have for them. */
  files: Readonly<Record<string, string>>;
  /** Parts that run as long as somebody likes. */
  lasting: readonly string[];
  require: NodeJS.Require;
  /** Makes a script of a file's text; the code of earlier runs is taken unless told otherwise. */
  compile?: (source: string, file: string) => Script;
}

/** What each part is given to get at all others and at Node's own modules. */
export interface Link {
  /** The exports of a part, which is evaluated first where it has not been. */
  part(file: string, name: string): Exports;
  /** The same, evaluated when an export is first used. */
  lazy(file: string, name: string): Exports;
  /** The same for `import()`. */
  load(file: string, name: string): Promise<Exports>;
  /** A module of Node, as `require` has it. */
  node(name: string): Exports;
  /** The same with its default export. */
  nodeModule(name: string): Exports;
  lazyNode(name: string): Exports;
  loadNode(name: string): Promise<Exports>;
}

/** Reads files of the program and evaluates parts of them, each once and when it is needed. */
export function linkProgram({ directory, files, lasting, require, compile }: Program): Link {
  const opened = new Map<string, Record<string, Part>>();
  const evaluated = new Map<string, Exports>();
  const held = new Map<string, number>();
  const node = memo((name) => process.getBuiltinModule(name) as Exports);
  const nodeModule = memo((name) => Object.create(node(name), { default: { value: node(name) } }) as Exports);
  const link: Link = {
    part,
    lazy: (file, name) => deferred(() => part(file, name)),
    load: async (file, name) => part(file, name),
    node,
    nodeModule,
    lazyNode: memo((name) => deferred(() => nodeModule(name))),
    loadNode: async (name) => nodeModule(name),
  };
  return link;

  function part(file: string, name: string): Exports {
    const known = evaluated.get(name);
    if (known) return known;
    let made: Exports = {};
    const evaluate = (opened.get(file) ?? open(file))[name] as Part;
    evaluate(link, (exports) => {
      made = exports;
    });
    evaluated.set(name, made);
    if (lasting.includes(name)) hold();
    return made;
  }

  function open(file: string): Record<string, Part> {
    const path = join(directory, files[file] as string);
    compile ??= openCodeCache(surroundings());
    const parts = compile(read(file, path), path).runInThisContext()(require);
    opened.set(file, parts);
    return parts;
  }

  function read(file: string, path: string): string {
    try {
      return readFileSync(held.get(file) ?? path, 'latin1');
    } catch (cause) {
      throw new Error(`Cannot find module './${files[file]}'`, { cause });
    }
  }

  /** An upgrade takes the names of files away, and leaves those there that are open. */
  function hold(): void {
    for (const [file, name] of Object.entries(files)) {
      if (opened.has(file) || held.has(file)) continue;
      try {
        held.set(file, openSync(join(directory, name), 'r'));
      } catch {
        // Whoever needs it will be told.
      }
    }
  }
}

function surroundings() {
  const { XDG_CACHE_HOME: configured, HOME: home } = process.env;
  const caches = configured && isAbsolute(configured) ? configured : join(home ?? homeDirectory(), '.cache');
  const words = process.argv.slice(2, 5).filter((word) => /^[a-z-]+$/.test(word));
  return { directory: join(caches, 'gantry', 'code'), task: words.join(' ') };
}

/** Loaded only here: it takes half a millisecond. */
function homeDirectory(): string {
  return process.getBuiltinModule('node:os').homedir();
}

function deferred(load: () => Exports): Exports {
  return new Proxy({}, { get: (_, key) => load()[key as string] });
}

function memo<T>(make: (name: string) => T): (name: string) => T {
  const made = new Map<string, T>();
  return (name) => {
    if (!made.has(name)) made.set(name, make(name));
    return made.get(name) as T;
  };
}

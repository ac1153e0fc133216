import { posix } from 'node:path';
import type { Metafile } from 'esbuild';
import { common, lazyModules, list, packages, together } from './entries.ts';
import type { Place } from './linked.ts';

type Outputs = Metafile['outputs'];

/** Where each of esbuild's outputs goes: what is needed at the same time stands in the same file. */
export function placesOf(outputs: Outputs): Map<string, Place> {
  const lazy = lazyOutputs(outputs);
  const files = new Map<string, string>();
  for (const [file, modules] of Object.entries(together)) {
    const all = modules.flatMap((module) => [...imported(outputOf(module, outputs), outputs, lazy)]);
    for (const output of all) if (!files.has(output)) files.set(output, file);
  }
  const fileAt = (path: string) => {
    const module = moduleOf(outputs[path] as Outputs[string]);
    return common.test(module) ? 'always' : (files.get(path) ?? fileOf(module));
  };
  const places = Object.entries(outputs).map(([path, output]): [string, Place] => {
    const { entryPoint } = output;
    const module = moduleOf(output);
    const name = entryPoint ? module : `${module}#`;
    // Of an entry that others import as well esbuild makes a second output, of exports alone.
    const whole = entryPoint && Object.keys(outputs).find((one) => has(outputs[one], entryPoint));
    return [path, { file: fileAt(whole || path), name, lazy: lazy.has(path) }];
  });
  return new Map(places);
}

/** Path of the module below src or node_modules that an output is called by. */
export function moduleOf({ entryPoint, inputs }: Outputs[string]): string {
  const bySize = Object.entries(inputs).toSorted(([, a], [, b]) => b.bytesInOutput - a.bytesInOutput);
  return pathOf(entryPoint ?? bySize[0]?.[0] ?? 'esbuild');
}

/** What one engine, one surface or one package has is in a file of its own. */
function fileOf(module: string): string {
  if (module === list.module) return list.file;
  const [, engine] = lazyModules.exec(module) ?? [];
  if (engine) return engine;
  if (module.startsWith('app/tui/ink/')) return 'ink';
  if (/^(?:app\/tui|panes|keymaps)\//.test(module)) return 'workbench';
  if (/^app\/(?:invoke|registry|surface)\//.test(module)) return 'cli';
  const [first = '', second = ''] = module.split('/');
  return first === 'engines' || first === 'app' || first.startsWith('@') ? second : first;
}

/** Outputs with a module that is evaluated at its first use. */
function lazyOutputs(outputs: Outputs): Set<string> {
  const entries = Object.values(outputs).flatMap(({ entryPoint }) => entryPoint ?? []);
  const modules = new Set(entries.filter((path) => isLazy(path)));
  const isOfThem = ({ inputs, entryPoint = '' }: Outputs[string]) =>
    modules.has(entryPoint) || Object.keys(inputs).some((input) => modules.has(input));
  return new Set(Object.keys(outputs).filter((path) => isOfThem(outputs[path] as Outputs[string])));
}

function isLazy(path: string): boolean {
  return packages.some((name) => path.includes(`node_modules/${name}/`)) || lazyModules.test(pathOf(path));
}

/** The output and all that is evaluated with it. */
function imported(path: string, outputs: Outputs, lazy: ReadonlySet<string>, found = new Set<string>()) {
  if (found.has(path)) return found;
  found.add(path);
  for (const { path: next, kind } of outputs[path]?.imports ?? []) {
    if (kind === 'import-statement' && outputs[next] && !lazy.has(next)) imported(next, outputs, lazy, found);
  }
  return found;
}

function outputOf(module: string, outputs: Outputs): string {
  const source = posix.join('src', module);
  const paths = Object.keys(outputs);
  const path =
    paths.find((one) => outputs[one]?.entryPoint === source) ??
    paths.find((one) => has(outputs[one], source));
  if (path === undefined) throw new Error(`${module} is in no part`);
  return path;
}

function has(output: Outputs[string] | undefined, source: string): boolean {
  return output !== undefined && source in output.inputs;
}

function pathOf(input: string): string {
  return input.replace(/^(?:src|.*?node_modules)\//, '');
}

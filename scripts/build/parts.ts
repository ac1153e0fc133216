import { posix, relative } from 'node:path';
import type { OutputFile } from 'esbuild';
import { alone, lazyModules, list, root } from './entries.ts';
import { BEGINNING, type Bundled, type Bundles } from './esbuild.ts';
import { functionOf } from './function.ts';
import type { Place } from './linked.ts';
import { moduleOf, placesOf } from './places.ts';

/** Modules that are evaluated together, as the body of a function. */
export interface Part extends Place {
  body: string;
}

/** The program in parts that know each other by name, and the body of the one that begins. */
export async function partsOf({
  shared,
  entry,
  ...others
}: Bundles): Promise<{ parts: Part[]; entry: string }> {
  const { outputs } = shared.metafile;
  const places = placesOf(outputs);
  const beginnings = new Map(
    Object.entries(alone).map(([file, name]) => [name, { file, name, lazy: false }] as [string, Place]),
  );
  for (const [path, place] of places) {
    const output = outputs[path];
    if (output?.entryPoint) beginnings.set(moduleOf(output), place);
  }

  function body({ path, text }: OutputFile): Promise<string> {
    const from = relative(root, path);
    const isList = places.get(from)?.file === list.file;
    return functionOf(text, (specifier) => {
      if (specifier.startsWith(BEGINNING)) return beginnings.get(specifier.slice(BEGINNING.length));
      const place = places.get(posix.join(posix.dirname(from), specifier));
      return place && isList && isCard(place) ? listed(place) : place;
    });
  }

  const parts = [
    ...shared.outputFiles.map(async (output) => ({
      ...(places.get(relative(root, output.path)) as Place),
      body: await body(output),
    })),
    ...[...others.alone].map(async ([file, bundle]) => ({
      ...(beginnings.get(alone[file] as string) as Place),
      body: await body(onlyOutput(bundle)),
    })),
  ];
  const all = await Promise.all(parts);
  return { parts: [...all, ...all.filter(isCard).map(listed)], entry: await body(onlyOutput(entry)) };
}

function isCard({ name }: Place): boolean {
  return lazyModules.exec(name.replace('#', ''))?.[1] !== undefined;
}

/** The copy of a card that stands beside the others. */
function listed<P extends Place>(place: P): P {
  return { ...place, file: list.file };
}

export function onlyOutput({ outputFiles }: Bundled): OutputFile {
  const [only, ...others] = outputFiles;
  if (!only || others.length > 0) throw new Error(`${outputFiles.length} outputs in place of one`);
  return only;
}

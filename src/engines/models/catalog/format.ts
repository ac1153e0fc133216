import { isAbsolute } from 'node:path';
import * as z from 'zod/mini';
import { insideProblem, labelProblem, pathProblem } from '#engines/workspace/names.ts';
import { sound } from '#engines/workspace/sound.ts';
import { type Flaw, type Problem, readToml } from '#engines/workspace/toml.ts';
import type { Entry, Origin } from './entry.ts';

/** Ids stand in commands and are names of directories. */
const ID = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
const REPO = /^[A-Za-z0-9][\w.-]*(\/[A-Za-z0-9][\w.-]*)?$/;
const REVISION = /^[A-Za-z0-9][\w./-]*$/;

const label = () => sound(labelProblem);
const inside = () => sound((path) => (path.startsWith('-') ? 'begins with a dash' : insideProblem(path)));

/** One `[[models]]` table; names are the file's own. */
const tableSchema = z.strictObject({
  id: z.string().check(z.regex(ID, 'expected letters, digits, dots, dashes and underscores')),
  name: label(),
  repo: z.optional(z.string().check(z.regex(REPO, 'expected OWNER/NAME'))),
  file: inside(),
  revision: z.optional(z.string().check(z.regex(REVISION, 'expected a branch, a tag or a commit'))),
  dir: z.optional(sound(pathProblem)),
  size_bytes: z.int().check(z.minimum(1)),
  params: z.optional(label()),
  description: z.optional(label()),
  verified: z.boolean(),
  doubt: z.optional(label()),
  sha256: z.optional(z.string().check(z.regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits'))),
  requires_conversion: z._default(z.boolean(), false),
  converter: z.optional(label()),
  converter_script: z.optional(inside()),
  converter_args: z._default(z.array(z.string()), []),
});

export type Table = z.input<typeof tableSchema>;

const catalogSchema = z.strictObject({ models: z._default(z.array(tableSchema), []) });

/** The entries of a catalog's text, or the first thing that is wrong with it. */
export function entriesIn(text: string, source: Origin): { entries: Entry[] } | { flaw: Flaw } {
  const read = readToml(text, catalogSchema, ({ models }) => firstProblem(models, source));
  return 'flaw' in read ? read : { entries: read.data.models.map((table) => entryOf(table, source)) };
}

function entryOf(table: z.output<typeof tableSchema>, source: Origin): Entry {
  const { size_bytes, requires_conversion, converter_script, converter_args, ...rest } = table;
  return {
    ...rest,
    dir: rest.dir ?? rest.id,
    sizeBytes: size_bytes,
    requiresConversion: requires_conversion,
    ...(converter_script !== undefined && { converterScript: converter_script }),
    converterArgs: converter_args,
    source,
  };
}

function firstProblem(models: z.output<typeof tableSchema>[], source: Origin): Problem | undefined {
  const seen = new Set<string>();
  for (const [index, table] of models.entries()) {
    const path = (key: string) => ['models', index, key];
    if (seen.has(table.id)) return { path: path('id'), reason: `a model ${table.id} stands above` };
    seen.add(table.id);
    const outside = outsideProblem(table.dir, source);
    if (outside) return { path: path('dir'), reason: outside };
    if (table.repo === undefined && table.dir === undefined) {
      return { path: path('repo'), reason: 'expected OWNER/NAME, or the `dir` that its file is in' };
    }
  }
  return undefined;
}

/** Where models are on this machine only its user says: what a workspace lists stays in the model directory. */
function outsideProblem(dir: string | undefined, source: Origin): string | undefined {
  if (dir === undefined || (isAbsolute(dir) && source === 'user')) return undefined;
  return insideProblem(dir) === undefined ? undefined : 'leads out of the model directory';
}

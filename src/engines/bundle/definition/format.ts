import * as z from 'zod/mini';
import { backendOf, templateSchema } from '#engines/worker/backend/template.ts';
import { insideProblem, labelProblem } from '#engines/workspace/names.ts';
import { sound } from '#engines/workspace/sound.ts';
import { type Flaw, type Problem, readToml } from '#engines/workspace/toml.ts';
import type { Bundle, Item } from './bundle.ts';

type Origin = Bundle['source'];

const ID = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
const REPO = /^[A-Za-z0-9][\w.-]*\/[A-Za-z0-9][\w.-]*$/;
const REVISION = /^[A-Za-z0-9][\w./-]*$/;
const OLLAMA = /^[A-Za-z0-9][\w./:-]*$/;

const id = () => z.string().check(z.regex(ID, 'expected letters, digits, dots, dashes and underscores'));
const label = () => sound(labelProblem);
const file = () => sound((path) => (path.startsWith('-') ? 'begins with a dash' : insideProblem(path)));
const doubt = z.optional(label());

const { command, env, health, dialect, memory, restart, start_within } = templateSchema.shape;

const itemSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('model'), id: id(), doubt }),
  z.strictObject({
    kind: z.literal('hub'),
    repo: z.string().check(z.regex(REPO, 'expected OWNER/NAME')),
    file: file(),
    revision: z.optional(z.string().check(z.regex(REVISION, 'expected a branch, a tag or a commit'))),
    doubt,
  }),
  z.strictObject({
    kind: z.literal('ollama'),
    name: z.string().check(z.regex(OLLAMA, 'expected NAME or NAME:TAG')),
    doubt,
  }),
  z.strictObject({ kind: z.literal('whisper'), file: file(), doubt }),
  z.strictObject({
    ...{ kind: z.literal('command'), name: id(), doubt },
    ...{ command, env, health, dialect, memory, restart, start_within },
  }),
]);

const startSchema = z.strictObject({
  backend: z.string().check(z.minLength(1)),
  model: z.optional(label()),
  port: z.optional(z.int().check(z.minimum(1), z.maximum(65_535))),
  gpu: z._default(z.int().check(z.minimum(0), z.maximum(255)), 0),
});

/** One `[[bundles]]` table; names are the file's own. */
const tableSchema = z.strictObject({
  id: id(),
  name: z.optional(label()),
  description: z.optional(label()),
  items: z._default(z.array(itemSchema), []),
  start: z._default(z.array(startSchema), []),
});

type Table = z.output<typeof tableSchema>;

const fileSchema = z.strictObject({ bundles: z._default(z.array(tableSchema), []) });

/** The bundles of a file's text, or the first thing that is wrong with it. */
export function bundlesIn(
  text: string,
  source: Origin,
  readText: typeof readToml = readToml,
): { bundles: Bundle[] } | { flaw: Flaw } {
  const read = readText(text, fileSchema, ({ bundles }) => firstProblem(bundles, source));
  return 'flaw' in read ? read : { bundles: read.data.bundles.map((table) => bundleOf(table, source)) };
}

function bundleOf({ items, start, ...rest }: Table, source: Origin): Bundle {
  return {
    ...rest,
    items: items.map((item) => itemOf(item, source)),
    start: start.map((one, at) => ({ worker: `${rest.id}-${at + 1}`, ...one })),
    source,
  };
}

function itemOf(item: Table['items'][number], source: Origin): Item {
  if (item.kind !== 'command') return item;
  const { kind, name, doubt, ...given } = item;
  const template = z.parse(templateSchema, { ...given, model: 'either' });
  return {
    kind,
    ...(doubt !== undefined && { doubt }),
    backend: backendOf(template, { name, origin: source }),
  };
}

function firstProblem(bundles: readonly Table[], source: Origin): Problem | undefined {
  const seen = new Set<string>();
  for (const [at, table] of bundles.entries()) {
    if (seen.has(table.id)) {
      return { path: ['bundles', at, 'id'], reason: `a bundle ${table.id} stands above` };
    }
    seen.add(table.id);
    const problem = problemIn(table, source);
    if (problem) return { path: ['bundles', at, ...problem.path], reason: problem.reason };
  }
  return undefined;
}

/** Commands of a workspace stand in its manifest, where a person who trusts them sees them. */
function problemIn({ items, start }: Table, source: Origin): Problem | undefined {
  const foreign = items.findIndex(({ kind }) => kind === 'command' && source === 'workspace');
  if (foreign >= 0) {
    const reason = 'expected a backend of the manifest instead: what a workspace runs stands there';
    return { path: ['items', foreign, 'kind'], reason };
  }
  const ports = start.map(({ port }) => port);
  const twice = ports.findIndex((port, at) => port !== undefined && ports.indexOf(port) < at);
  if (twice >= 0) return { path: ['start', twice, 'port'], reason: 'another worker above has that port' };
  return undefined;
}

import * as z from 'zod/mini';
import { inWords } from '#engines/core/issues.ts';
import { poolError } from './errors.ts';

const name = z.string().check(z.minLength(1), z.maxLength(200));
const index = z.int().check(z.minimum(0), z.maximum(255));

/** What generations call alike, each by its own names. */
export const spawnSchema = z.object({
  worker_id: z.optional(name),
  model_ref: z.string().check(z.minLength(1), z.maxLength(4_096)),
  backend: z.optional(name),
  gpu_id: z.optional(index),
  device: z.optional(index),
});

export type SpawnBody = z.infer<typeof spawnSchema>;

export const stopSchema = z.object({ worker_id: name });

/** Generations of workers differ in what they call the address that they are about to serve at. */
export const readySchema = z.union([
  z.object({ worker_id: name, uri: z.string() }),
  z.object({ worker_id: name, url: z.string() }),
]);

/** Throws `body-unfit`. */
export async function bodyOf<S extends z.ZodMiniType>(request: Request, schema: S): Promise<z.output<S>> {
  const given: unknown = await request.json().catch(() => undefined);
  const result = schema.safeParse(given, { error: inWords });
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const where = issue?.path.join('.');
  throw poolError('body-unfit', `${where ? `${where}: ` : ''}${issue?.message ?? 'it makes no sense'}.`);
}

const FILE = 'file:';
const HUB = 'hf:';

/** What a model reference stands for where it is looked for: a path, a name, or an id. Throws `body-unfit`. */
export function modelIn(ref: string): string {
  if (ref.startsWith(`${FILE}/`)) return ref.slice(FILE.length);
  const own = ref.startsWith(HUB) ? ref.slice(HUB.length) : ref;
  const isName = ref.startsWith(HUB) ? /^[\w.-]+\/[\w.-]+$/ : /^[\w-][\w.-]*$/;
  if (isName.test(own)) return own;
  throw poolError('body-unfit', 'model_ref: expected hf:ORG/MODEL, file:/PATH, or the id of a model.');
}

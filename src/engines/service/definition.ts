import * as z from 'zod/mini';
import { probeSchema, specSchema } from '#engines/process/spec.ts';

/** Everything that is needed to run a service with any number of replicas. */
export const definitionSchema = z.object({
  name: z.string(),
  /** Absolute path of the artifact that it comes from; null of a plain command. */
  artifact: z.nullable(z.string()),
  version: z.nullable(z.string()),
  /** SHA-256 of that artifact when it was deployed. */
  sha256: z.nullable(z.string()),
  /** What one replica runs. */
  argv: z.array(z.string()).check(z.minLength(1)),
  cwd: z.string(),
  workspace: z.nullable(z.string()),
  /** Name of the set of variables that it runs with. */
  environment: z.nullable(z.string()),
  /** Variables that its artifact suggests, and those of its own. */
  defaults: z.record(z.string(), z.string()),
  env: z.record(z.string(), z.string()),
  /** Of the first replica; each next one has the next. */
  port: z.nullable(z.number()),
  replicas: z.number(),
  restart: specSchema.shape.restart,
  health: z.nullable(probeSchema),
});

export type Definition = z.infer<typeof definitionSchema>;

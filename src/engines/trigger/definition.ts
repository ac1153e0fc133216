import * as z from 'zod/mini';
import { jobFields } from '#engines/job/job.ts';

/** What a trigger waits for. */
export const ONS = ['webhook', 'file', 'git', 'process', 'a2a'] as const;

export type On = (typeof ONS)[number];

/** What may become of a process, in the words of its states; `exited` is any end that nobody asked for. */
export const PHASES = ['ready', 'unhealthy', 'exited', 'crash-loop', 'stopped'] as const;

export type ProcessPhase = (typeof PHASES)[number];

/** Milliseconds of rest after which what changed is one change. */
const settle = z.number().check(z.int(), z.minimum(0));

const occasionSchema = z.discriminatedUnion('on', [
  z.object({
    on: z.literal('webhook'),
    /** A signature of the body with the token stands for the token itself. */
    signed: z.boolean(),
  }),
  z.object({ on: z.literal('file'), patterns: z.array(z.string()).check(z.minLength(1)), settle }),
  z.object({
    on: z.literal('git'),
    /** Absolute. */
    repo: z.string(),
    /** `HEAD`, or a full name, perhaps with `*` in it. */
    ref: z.string(),
    settle,
  }),
  z.object({
    on: z.literal('process'),
    /** Of processes, or of what they are a part of; none stands for all. */
    names: z.array(z.string()),
    phases: z.array(z.enum(PHASES)).check(z.minLength(1)),
  }),
  z.object({
    on: z.literal('a2a'),
    /** What it is exposed as, and what it was then: another content was exposed by nobody. */
    artifact: z.object({
      name: z.string(),
      id: z.nullable(z.string()),
      path: z.string(),
      sha256: z.string(),
      flow: z.string(),
    }),
  }),
]);

export type Occasion = z.infer<typeof occasionSchema>;

/** Everything that is needed to run it without whoever added it. */
export const definitionSchema = z.object({
  ...jobFields,
  occasion: occasionSchema,
  /** Runs within a minute at the most. */
  rate: z.number().check(z.int(), z.positive()),
});

export type Definition = z.infer<typeof definitionSchema>;

export type OccasionOf<O extends On> = Extract<Occasion, { on: O }>;

/** The definition of a trigger that waits for one thing. */
export type DefinitionOf<O extends On> = Definition & { occasion: OccasionOf<O> };

export function isOn<O extends On>(definition: Definition, on: O): definition is DefinitionOf<O> {
  return definition.occasion.on === on;
}

/** One line: what it waits for. */
export function occasionWords({ name, occasion }: Pick<Definition, 'name' | 'occasion'>): string {
  switch (occasion.on) {
    case 'webhook':
      return `POST /hooks/${name}`;
    case 'file':
      return occasion.patterns.join(', ');
    case 'git':
      return `${occasion.ref} of ${occasion.repo}`;
    case 'process':
      return `${occasion.names.join(', ') || 'any process'}: ${occasion.phases.join(', ')}`;
    case 'a2a':
      return `tasks for ${occasion.artifact.name}, flow ${occasion.artifact.flow}`;
  }
}

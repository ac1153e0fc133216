import * as z from 'zod/mini';

const name = z.string();

/** One run of an artifact, as each of its steps knows it. */
export const runSchema = z.object({
  /** Among the runs of one plan, from 1 for that of the artifact that was named. */
  number: z.number(),
  /** Absolute and without links. */
  artifact: z.string(),
  name,
  flow: name,
  /** How many steps the flow has. */
  steps: z.number(),
  sha256: z.string(),
  integrity: z.enum(['verified', 'unsigned', 'failed']),
  /** Why its signature does not hold. */
  fault: z.nullable(z.string()),
  /** Milliseconds that it may take altogether. */
  within: z.nullable(z.number()),
  /** Its step in the run around it. */
  as: z.nullable(z.object({ step: name, index: z.number() })),
  /** Whether it begins with this step, and ends with it. */
  begins: z.boolean(),
  ends: z.boolean(),
});

export type Run = z.infer<typeof runSchema>;

/** What every step says of itself. */
export const stepFields = {
  /** From the artifact that was named down to the one that has the step. */
  runs: z.array(runSchema).check(z.minLength(1)),
  step: name,
  /** In its flow, from 1. */
  index: z.number(),
  about: z.nullable(z.string()),
  /** What a person is asked to confirm: the gate as its author wrote it; empty where the artifact asks for all its steps. */
  confirm: z.nullable(z.string()),
  /** How often it is tried again. */
  retries: z.number(),
  /** A failure does not end the run. */
  goesOn: z.boolean(),
  /** What is run once it has failed. */
  otherwise: z.nullable(z.object({ step: name, argv: z.array(z.string()) })),
  /** Where commands run; absolute. */
  cwd: z.string(),
  /** Defaults for variables; those of the caller go before them. */
  env: z.record(z.string(), z.string()),
};

export const stepSchema = z.object(stepFields);

export type StepArgs = z.infer<typeof stepSchema>;

export const shellSchema = z.object({ ...stepFields, argv: z.array(z.string()) });

export type ShellArgs = z.infer<typeof shellSchema>;

export const httpSchema = z.object({
  ...stepFields,
  method: z.string(),
  url: z.string(),
  headers: z.record(z.string(), z.string()),
  /** Headers whose values are kept out of plan and journal: the SHA-256 of each. */
  withheld: z.record(z.string(), z.string()),
  body: z.nullable(z.string()),
});

export type HttpArgs = z.infer<typeof httpSchema>;

/** What a step leaves in its receipt. */
export const resultSchema = z.object({
  /** Through the artifacts around it: `deploy > build`. */
  step: z.string(),
  /** Identifier of the run whose step it is, as its witness has it. */
  run: z.string(),
  ok: z.boolean(),
  /** `exit code 0`, `200 OK`. */
  said: z.string(),
  attempts: z.number(),
});

export type StepResult = z.infer<typeof resultSchema>;

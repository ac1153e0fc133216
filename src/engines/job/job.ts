import * as z from 'zod/mini';

/** What happens when it is time and a run still goes on. */
export const OVERLAPS = ['skip', 'queue', 'replace', 'allow'] as const;

/** Why it runs: at moments, or when something happens. */
export type Kind = 'schedule' | 'trigger';

/** What is run: an action with its input, or a line for the shell. */
const callSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('action'), action: z.string(), input: z.record(z.string(), z.json()) }),
  z.object({ kind: z.literal('command'), line: z.string() }),
]);

export type JobCall = z.infer<typeof callSchema>;

/** Everything that is needed to run it without whoever added it. */
export const jobFields = {
  name: z.string(),
  overlap: z.enum(OVERLAPS),
  call: callSchema,
  workspace: z.nullable(z.string()),
  cwd: z.string(),
  /** Variables of whoever added it that programs are found by. */
  env: z.record(z.string(), z.string()),
};

export const jobSchema = z.object(jobFields);

/** What runs by itself, as a schedule or a trigger has it. */
export type Job = z.infer<typeof jobSchema>;

/** One line: the command, or the action with what it is given. */
export function wordsOf(call: JobCall): string {
  if (call.kind === 'command') return call.line;
  const { action, input } = call;
  if (action === 'pipeline.run' && !input.insecure) {
    return [input.artifact, ...(input.flow === undefined ? [] : [`flow ${input.flow}`])].join(', ');
  }
  const words = action.replaceAll('.', ' ');
  return Object.keys(input).length === 0 ? words : `${words} ${JSON.stringify(input)}`;
}

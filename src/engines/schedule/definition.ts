import * as z from 'zod/mini';

/** What happens when it is time and a run still goes on. */
export const OVERLAPS = ['skip', 'queue', 'replace', 'allow'] as const;

/** What happens to moments that passed while nobody was there. */
export const CATCH_UPS = ['none', 'one', 'all'] as const;

/** What is run: an action with its input, or a line for the shell. */
export const callSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('action'), action: z.string(), input: z.record(z.string(), z.json()) }),
  z.object({ kind: z.literal('command'), line: z.string() }),
]);

export type ScheduledCall = z.infer<typeof callSchema>;

/** Everything that is needed to run it without whoever added it. */
export const definitionSchema = z.object({
  name: z.string(),
  cron: z.string(),
  /** By its name in the IANA database; null is that of the machine, wherever it goes. */
  zone: z.nullable(z.string()),
  overlap: z.enum(OVERLAPS),
  catchUp: z.enum(CATCH_UPS),
  call: callSchema,
  workspace: z.nullable(z.string()),
  cwd: z.string(),
  /** Variables of whoever added it that programs are found by. */
  env: z.record(z.string(), z.string()),
});

export type Definition = z.infer<typeof definitionSchema>;

/** One line: the command, or the action with what it is given. */
export function wordsOf(call: ScheduledCall): string {
  if (call.kind === 'command') return call.line;
  const { action, input } = call;
  if (action === 'pipeline.run' && !input.insecure) {
    return [input.artifact, ...(input.flow === undefined ? [] : [`flow ${input.flow}`])].join(', ');
  }
  const words = action.replaceAll('.', ' ');
  return Object.keys(input).length === 0 ? words : `${words} ${JSON.stringify(input)}`;
}

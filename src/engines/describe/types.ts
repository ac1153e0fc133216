import * as z from 'zod/mini';
import { field } from '#engines/core/fields.ts';

export const actionSchema = z.object({
  id: field(z.string(), { description: 'Identifier', column: 'ACTION' }),
  kind: field(z.enum(['query', 'command', 'stream']), {
    description: 'A command changes something, a stream goes on until cancelled',
    column: 'KIND',
  }),
  summary: field(z.string(), { description: 'What it does', column: 'SUMMARY' }),
  shell: field(z.string(), { description: 'Its words in a shell' }),
  tool: field(z.string(), { description: 'Its name over MCP' }),
  needsWorkspace: field(z.boolean(), { description: 'It fails where there is no workspace' }),
  network: field(z.boolean(), { description: 'It speaks to other machines, or runs programs that may' }),
  rerun: field(z.nullable(z.enum(['converge', 'once'])), {
    description:
      'converge: running it again plans what is left; once: it is another run, and `resume` continues one that was broken off',
  }),
  effects: field(z.array(z.enum(['destructive', 'outward'])), {
    description: 'What its plans may do beyond writing',
  }),
  input: field(z.any(), { description: 'JSON schema of the input' }),
  output: field(z.any(), { description: 'JSON schema of the data, or of one event' }),
  examples: z.array(z.object({ title: z.string(), input: z.record(z.string(), z.json()) })),
});

export type DescribedAction = z.infer<typeof actionSchema>;

const optionSchema = z.object({
  option: field(z.string(), { description: 'As it is given, with the name of its value', column: 'OPTION' }),
  variable: field(z.nullable(z.string()), {
    description: 'Variable that does the same for a session',
    column: 'VARIABLE',
  }),
  description: field(z.string(), { description: 'What it does', column: 'MEANING' }),
});

const shellCommandSchema = z.object({
  shell: field(z.string(), { description: 'Its words', column: 'COMMAND' }),
  summary: field(z.string(), { description: 'What it does', column: 'SUMMARY' }),
  input: field(z.any(), { description: 'JSON schema of its arguments' }),
});

const exitCodeSchema = z.object({
  code: field(z.number(), { description: 'Number', column: 'EXIT CODE' }),
  class: field(z.string(), { description: 'Class', column: 'CLASS' }),
  meaning: field(z.string(), { description: 'What it says', column: 'MEANING' }),
});

export const descriptionSchema = z.object({
  actions: z.array(actionSchema),
  options: field(z.array(optionSchema), {
    description: 'What every command takes; these and what follows only with the whole tree',
  }),
  commands: field(z.array(shellCommandSchema), { description: 'Commands of a shell that are no actions' }),
  exitCodes: field(z.array(exitCodeSchema), { description: 'How every command can end' }),
});

export type Description = z.infer<typeof descriptionSchema>;

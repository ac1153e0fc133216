import * as z from 'zod/mini';
import { SHELL } from '#app/cli/described.ts';
import { HELP as MCP_HELP } from '#app/mcp/options.ts';
import { MANNERS } from '#app/mcp/tools/manner.ts';
import { published } from '#app/mcp/tools/schema.ts';
import { EXIT, type ExitClass } from '#engines/core/errors.ts';
import { fields } from '#engines/core/fields.ts';
import { EXIT_MEANINGS } from '#engines/describe/exits.ts';
import { fieldRows } from './fields.ts';
import { usageLine } from './input.ts';
import { block, code, page, paragraphs, table } from './markdown.ts';

/** What every command takes and how it answers. */
export function optionsPage(): string {
  return page(
    'Options, answers and exit codes',
    paragraphs(
      '## Options',
      'Every command has these, before, between or after its words. The variable does the same for every command of a session.',
      table(
        ['option', 'variable', 'what it does'],
        SHELL.options.map(({ option, variable, description }) => [
          code(option),
          variable ? code(variable) : '',
          description,
        ]),
      ),
    ),
    paragraphs(
      '## Words of the shell',
      'These stand for no action: no other surface has them.',
      table(
        ['command', 'what it does'],
        SHELL.commands.map((card) => [code(usageLine(card)), card.summary]),
      ),
    ),
    paragraphs(
      '## Exit codes',
      table(
        ['code', 'class', 'what it says'],
        (Object.entries(EXIT) as [ExitClass, number][]).map(([name, number]) => [
          String(number),
          name,
          EXIT_MEANINGS[name],
        ]),
      ),
    ),
    paragraphs('## Over MCP', block('text', MCP_HELP.trimEnd().split('\n')), ...manners()),
  );
}

function manners(): string[] {
  return (['command', 'stream'] as const).flatMap((kind) => {
    const schema = z.toJSONSchema(MANNERS[kind], { metadata: fields as never, io: 'input' });
    return [
      `Every ${kind} also takes:`,
      table(['argument', 'type', 'what it is'], fieldRows(published(schema)).map(withoutDot)),
    ];
  });
}

/** Arguments are named without the dot that begins a path. */
function withoutDot([path = '', ...rest]: string[]): string[] {
  return [path.replace('`.', '`').replace('?`', '`'), ...rest];
}

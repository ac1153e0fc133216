import { code, page, table } from './markdown.ts';
import type { Noun } from './nouns.ts';

/** Every action on one page, each a link to all that is known of it. */
export function indexPage(nouns: readonly Noun[]): string {
  const rows = nouns.flatMap(({ path, cards }) =>
    cards.map(({ id, kind, summary }) => {
      const words = id.replaceAll('.', ' ');
      return [`[${code(words)}](${path}#${id.replaceAll('.', '-')})`, kind, summary];
    }),
  );
  return page(
    'Reference',
    'Every action is a command of the shell, a tool over MCP and a row of the palette; a *query* reads, a *command* plans and ' +
      'then changes something, a *stream* goes on until it is done or cancelled.',
    table(['action', 'kind', 'what it does'], rows),
    [
      '- [Options, answers and exit codes](options.md): what every command takes and how it answers',
      '- [Error codes](errors.md)',
      '- [Settings](settings.md)',
      '- [Keys](keys.md)',
      '- `schemas/`: a JSON schema (2020-12) for the answer and the input of each action',
    ].join('\n'),
  );
}

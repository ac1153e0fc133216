import { EXIT } from '#engines/core/errors.ts';
import type { Catalogues } from './catalogues.ts';
import { code, page, paragraphs, table } from './markdown.ts';

/** Every error code there is, by who raises it. */
export function errorsPage(catalogues: Catalogues): string {
  return page(
    'Error codes',
    'A failure has a `code` that stays, a message that says what happened, what that means, and commands to try next. The exit ' +
      'code is that of its class.',
    ...[...catalogues].map(([folder, catalogue]) =>
      paragraphs(
        `## ${folder.split('/')[1]}`,
        table(
          ['code', 'exit', 'class', 'what it means'],
          Object.entries(catalogue)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([name, { exit, meaning }]) => [code(name), String(EXIT[exit]), exit, meaning]),
        ),
      ),
    ),
  );
}

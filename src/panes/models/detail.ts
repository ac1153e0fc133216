import type * as z from 'zod/mini';
import { bytes } from '#engines/core/bytes.ts';
import type { modelsInfo } from '#engines/models/actions.ts';
import type { ModelRow } from '#engines/models/types.ts';
import { ago } from '../kit/age.ts';
import { fact } from '../kit/facts.ts';
import { type Line, span } from '../kit/line.ts';
import { plain } from '../kit/plain.ts';
import { wrapLine } from '../kit/wrap.ts';
import type { Call, Section } from '../pane.ts';
import { stateLine } from './state.ts';

type Info = z.infer<typeof modelsInfo.output>;

export const sections: readonly Section<ModelRow>[] = [
  {
    id: 'model',
    title: 'Model',
    query: informed,
    lines: ({ row, data, width }, look) =>
      [...factsOf(row, stateLine(row, look)), ...headerLines(data as Info)].flatMap((line) =>
        wrapLine(line, width),
      ),
  },
  {
    id: 'files',
    title: 'Files',
    query: informed,
    lines: ({ data }) =>
      (data as Info).files.map(({ file, size }) => [
        span(bytes(size).padStart(8), 'quiet'),
        span(`  ${plain(file)}`),
      ]),
  },
  {
    id: 'verifications',
    title: 'Verifications',
    query: informed,
    lines: ({ data, width }, look) =>
      (data as Info).verifications.flatMap(({ file, verdict, why, at, sha256 }) =>
        wrapLine(
          [
            span(verdict.padEnd(10), verdict === 'broken' ? 'bad' : 'good'),
            span(plain(file)),
            span(`  ${ago(look.now - at)}`, 'quiet'),
            ...(why === null ? [] : [span(`  ${plain(why)}`, 'warning')]),
            ...(sha256 === null ? [] : [span(`  ${sha256}`, 'quiet')]),
          ],
          width,
        ),
      ),
  },
];

function informed({ id }: ModelRow): Call {
  return { action: 'models.info', input: { id } };
}

function factsOf(row: ModelRow, state: Line): Line[] {
  const text = (value: string | null): Line => (value === null ? [] : [span(plain(value))]);
  return [
    ...fact('state', state),
    ...fact('name', text(row.name)),
    ...fact('about', text(row.description)),
    ...fact('doubt', row.doubt === null ? [] : [span(plain(row.doubt), 'warning')]),
    ...fact('repository', text(row.repo)),
    ...fact('file', text(row.file)),
    ...fact('directory', text(row.directory)),
    ...fact('workers', text(row.workers.join(', ') || null)),
    ...fact('catalog', text(row.source)),
  ];
}

/** What its file says of itself, and where the catalog says something else. */
function headerLines({ header, differences }: Info): Line[] {
  if (header === null) return [];
  const { format, architecture, parameters, contextLength, quantisation, tensors } = header;
  const text = (value: string | number | null): Line => (value === null ? [] : [span(plain(String(value)))]);
  return [
    [],
    ...fact('format', text(format)),
    ...fact('kind', text(architecture)),
    ...fact('parameters', text(parameters.toLocaleString('en'))),
    ...fact('context', text(contextLength === null ? null : `${contextLength} tokens`)),
    ...fact('numbers', text(quantisation)),
    ...fact('tensors', text(tensors)),
    ...differences.flatMap((difference) => fact('differs', [span(plain(difference), 'warning')])),
  ];
}

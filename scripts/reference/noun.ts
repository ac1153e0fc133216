import { toolName } from '#app/mcp/tools/names.ts';
import type { ActionCard } from '#app/registry/card.ts';
import { shellLine } from '#app/surface/line.ts';
import { fieldRows } from './fields.ts';
import { inputRows, usageLine } from './input.ts';
import { block, code, page, paragraphs, table } from './markdown.ts';
import type { Noun } from './nouns.ts';
import { dataSchemaOf, type JsonSchema } from './schema.ts';

/** The exit codes that an action can end with. */
type Exits = (card: ActionCard) => number[];

const KINDS = {
  query: 'A query: it changes nothing.',
  command: 'A command: it shows its plan with `--dry-run`.',
  stream: 'A stream: it goes on until it is done or cancelled.',
} as const;

const RERUN = {
  converge: 'Running it again plans what is left.',
  once: 'Running it again is another run; `gantry resume` continues one that was broken off.',
} as const;

/** Everything that is known of the actions of one noun. */
export async function nounPage({ name, cards }: Noun, exits: Exits): Promise<string> {
  return page(name, ...(await Promise.all(cards.map((card) => section(card, exits)))));
}

async function section(card: ActionCard, exits: Exits): Promise<string> {
  const data = await dataSchemaOf(card);
  const rows = inputRows(card);
  return paragraphs(
    `## ${card.id.replaceAll('.', ' ')}`,
    `${card.summary}.`,
    [
      KINDS[card.kind],
      card.rerun && RERUN[card.rerun],
      card.needsWorkspace ? 'It needs a workspace.' : 'It needs no workspace.',
    ]
      .filter(Boolean)
      .join(' '),
    block('sh', [usageLine(card)]),
    rows.length > 0 ? table(['input', 'type', 'default', 'what it is'], rows) : undefined,
    ...examples(card),
    data && output(card, data),
    [
      `MCP tool ${code(toolName(card.id))}.`,
      `[Schema](schemas/${card.id}.json).`,
      `Possible exit codes: ${exits(card).join(', ')}.`,
    ].join(' '),
  );
}

/** The fields of the answer by the paths that a script reads them under. */
function output({ kind }: ActionCard, data: JsonSchema): string {
  const isStream = kind === 'stream';
  return table(
    [isStream ? 'each line' : 'answer', 'type', 'what it is'],
    fieldRows(data, isStream ? '' : '.data'),
  );
}

function examples(card: ActionCard): string[] {
  return card.examples.flatMap(({ title, input }) => [
    `${title}:`,
    block('sh', [shellLine(card, { input })]),
    block('json', [JSON.stringify({ name: toolName(card.id), arguments: input })]),
  ]);
}

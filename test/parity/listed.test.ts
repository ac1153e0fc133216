import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test as plain } from 'vitest';
import * as z from 'zod/mini';
import { candidates } from '#app/cli/completion/candidates.ts';

import { actionHelp } from '#app/cli/help/action.ts';
import { ACTIONS } from '#app/registry/actions.ts';
import { kebab, shellLine } from '#app/surface/line.ts';
import { styleFor } from '#app/surface/style.ts';
import { palette } from '#app/tui/menus/palette.ts';
import { initialState } from '#app/tui/state/initial.ts';
import { EXIT } from '#engines/core/errors.ts';
import { actionSchema, type Description, descriptionSchema } from '#engines/describe/types.ts';
import { DEFAULT } from '#keymaps/default.ts';
import { createKeymap } from '#keymaps/keymap.ts';
import { PANES } from '#panes/index.ts';
import { connect } from '../app/mcp/client.ts';
import { test } from '../rig/test.ts';

const IDS = ACTIONS.map(({ id }) => id);
const REFERENCE = fileURLToPath(new URL('../../docs/reference/', import.meta.url));
const wordsOf = (id: string) => id.replaceAll('.', ' ');

describe('every action stands', () => {
  test('in the help of the program, and in that of its noun', async ({ world }) => {
    const root = (await world.gantry(['--help'])).stdout;
    for (const { id, summary } of ACTIONS) expect(root).toMatch(lineOf(wordsOf(id), summary));
    for (const noun of new Set(
      IDS.filter((id) => id.includes('.')).map((id) => id.split('.')[0] as string),
    )) {
      const help = (await world.gantry([noun, ...(IDS.includes(noun) ? ['--help'] : [])])).stdout;
      for (const { id, summary } of ACTIONS.filter((card) => card.id.startsWith(`${noun}.`))) {
        expect(help).toMatch(lineOf(wordsOf(id), summary));
      }
    }
  });

  plain.each(ACTIONS.map((card) => [card.id, card] as const))('in a help page of its own: %s', (_, card) => {
    const help = actionHelp(card, styleFor(false)).join('\n');
    expect(help).toContain(`Usage  gantry ${wordsOf(card.id)}`);
    for (const [name, property] of Object.entries(card.input.properties)) {
      expect(help).toContain(property.positional ? kebab(name) : `--${kebab(name)}`);
      expect(help).toContain(property.description);
    }
    for (const { title, input } of card.examples) {
      expect(help).toContain(shellLine(card, { input }));
      expect(help).toContain(title);
    }
  });

  test('in completion, word by word', async ({ world }) => {
    const complete = async (...typed: string[]) =>
      (await candidates(typed, ACTIONS, async () => [])).map(({ word }) => word);
    for (const id of IDS) {
      const words = id.split('.');
      for (let at = 0; at < words.length; at++) {
        expect(await complete(...words.slice(0, at), '')).toContain(words[at]);
      }
    }
    const { stdout } = await world.gantry(['complete', '--', '']);
    const first = stdout.split('\n').map((line) => line.split('\t')[0]);
    expect(first).toEqual(expect.arrayContaining([...new Set(IDS.map((id) => id.split('.')[0]))]));
  });

  test('in describe, with the schemas of what goes in and comes out', async ({ world }) => {
    const { data } = (await world.gantry(['describe', '--json'])).json<{
      actions: {
        id: string;
        kind: string;
        input: object;
        output: object | null;
        examples: unknown[];
        tool: string;
      }[];
    }>();
    expect(data.actions.map(({ id }) => id)).toEqual(IDS);
    for (const { id, kind, input, output, examples, tool } of data.actions) {
      expect({
        id,
        tool,
        input,
        output: output ?? { type: kind },
        examples: examples.length > 0,
      }).toMatchObject({
        tool: id.replaceAll('.', '_'),
        input: { type: 'object' },
        output: { type: expect.stringMatching(kind === 'command' ? /^(object|command)$/ : /^object$/) },
        examples: true,
      });
    }
  });

  test('in the list of tools', async ({ world }) => {
    const { tools } = await connect(world);
    expect(tools.map(({ name }) => name)).toEqual(IDS.map((id) => id.replaceAll('.', '_')));
  });

  test('in describe, with what a shell takes and gives beside them', async ({ world }) => {
    const describe = (await world.gantry(['describe', '--json'])).json<Description>().data;
    const effects = new Map(describe.actions.map((action) => [action.id, action.effects]));
    expect(effects.get('repo.reset')).toEqual(['destructive']);
    expect(effects.get('repo.push')).toEqual(['outward']);
    expect(describe.options.map(({ option }) => option)).toContain('-y, --yes');
    expect(describe.commands.map(({ shell }) => shell)).toEqual(
      expect.arrayContaining(['gantry mcp', 'gantry completion']),
    );
    expect(describe.exitCodes.map(({ code }) => code)).toEqual(Object.values(EXIT).toSorted((a, b) => a - b));

    // Nothing is told that the published schema leaves out.
    expect(z.strictObject(descriptionSchema.shape).safeParse(describe).error).toBeUndefined();
    const [action] = describe.actions;
    expect(Object.keys(action as object).sort()).toEqual(Object.keys(actionSchema.shape).sort());
  });

  plain('in the palette', () => {
    const state = initialState({ cols: 120, rows: 40, now: 0, directory: '/', focus: 'repos', problems: [] });
    const keymap = createKeymap(DEFAULT);
    const rows = palette.items(
      state,
      { panes: PANES, cards: ACTIONS, keymap, sign: () => '', home: '/' },
      '',
      {},
    );
    const labels = rows.map(({ label }) => label);
    expect(labels).toEqual(expect.arrayContaining(IDS.map(wordsOf)));
  });

  plain('in the reference', () => {
    const pages = readdirSync(REFERENCE, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.md'))
      .map((path) => readFileSync(`${REFERENCE}${path}`, 'utf8'))
      .join('\n');
    for (const { id, summary } of ACTIONS) {
      expect(pages).toContain(`gantry ${wordsOf(id)}`);
      expect(pages).toContain(summary);
    }
  });
});

const lineOf = (words: string, summary: string) =>
  new RegExp(`^ +${literal(words)} +${literal(summary)}$`, 'm');

const literal = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

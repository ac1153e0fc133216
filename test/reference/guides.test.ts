import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { describe, expect, test } from 'vitest';
import { parseArguments } from '#app/cli/argv/parse.ts';
import { nameAction } from '#app/cli/argv/words.ts';
import { allCards } from '#app/cli/cards.ts';
import { optionsFrom } from '#app/mcp/options.ts';
import { inputSchema } from '#app/mcp/tools/input.ts';
import { toolName } from '#app/mcp/tools/names.ts';
import { ACTIONS } from '#app/registry/actions.ts';
import { nearest } from '#engines/core/nearest.ts';
import { DEFAULT } from '#keymaps/default.ts';
import { override } from '#keymaps/overrides.ts';

const folder = join(import.meta.dirname, '..', '..', 'docs', 'guides');
const guides = globSync('*.md', { cwd: folder }).sort();
const textOf = (guide: string) => readFileSync(join(folder, guide), 'utf8');

describe.each(guides)('the guide %s', (guide) => {
  test.each(commandsIn(textOf(guide)))('shows a command that there is: gantry %s', (line) => {
    const argv = wordsOf(line);
    const problem = () => {
      if (argv[0] === 'mcp') return void optionsFrom(argv.slice(1), {});
      if (argv.includes('--help')) return undefined;
      const { card, rest } = nameAction(argv, allCards());
      return card ? void parseArguments(card, rest, {}) : `there is no ${line}`;
    };
    expect(problem()).toBeUndefined();
  });

  test.each(toolCallsIn(textOf(guide)))('shows a tool that there is: $name', ({ name, arguments: given }) => {
    const card = ACTIONS.find(({ id }) => toolName(id) === name);
    const known = card ? Object.keys(inputSchema(card).properties) : [];
    expect(known).toEqual(expect.arrayContaining(Object.keys(given)));
  });

  test('links to pages that there are', () => {
    const links = [...textOf(guide).matchAll(/\]\(([^)#:]+)(?:#[\w-]+)?\)/g)].map(([, path = '']) => path);
    expect(links.filter((path) => globSync(join(folder, path)).length === 0)).toEqual([]);
  });
});

describe('the guide to keys', () => {
  test.each(blocksIn(textOf('keys.md'), 'toml'))('shows a keymap.toml without a problem: %s', (text) => {
    expect(override(DEFAULT, parse(text), nearest).problems).toEqual([]);
  });
});

function commandsIn(text: string): string[] {
  return blocksIn(text, 'sh').flatMap((block) =>
    [...block.matchAll(/(?:^|\s)gantry((?: +(?:'[^']*'|[^\s|>&;#]+))*)/gm)].map(([, words = '']) =>
      words.trim(),
    ),
  );
}

interface ToolCall {
  name: string;
  arguments: Record<string, unknown>;
}

function toolCallsIn(text: string): ToolCall[] {
  return blocksIn(text, 'json')
    .map((block) => JSON.parse(block))
    .filter((value) => 'arguments' in value);
}

function blocksIn(text: string, language: string): string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(
    ([, block = '']) => block,
  );
}

/** The words of a line as a shell would split it, single quotes taken away. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

import { beforeAll, describe, expect, test } from 'vitest';
import { type Module, parseModule } from './module.ts';
import { show } from './rule.ts';
import { noConsole } from './rules/console.ts';
import { engineOrder } from './rules/engine-order.ts';
import { gitAtHome } from './rules/git.ts';
import { oneReader } from './rules/keys.ts';
import { layers } from './rules/layers.ts';
import { panesOnlyDeclare } from './rules/panes.ts';
import { processByContext } from './rules/process.ts';
import { protocolAtHome } from './rules/protocol.ts';
import { reactAtHome } from './rules/react.ts';
import { notablyLong, smallFiles } from './rules/size.ts';
import { quickStart } from './rules/start-up.ts';
import { oneWriter } from './rules/stdout.ts';
import { readSources, type Source } from './source.ts';

const rules = [
  layers,
  engineOrder,
  panesOnlyDeclare,
  gitAtHome,
  reactAtHome,
  protocolAtHome,
  oneReader,
  oneWriter,
  processByContext,
  noConsole,
  quickStart,
  smallFiles,
];

describe('the house', () => {
  let house: Module[];

  beforeAll(() => {
    house = readSources().map(parseModule);
  });

  test.each(rules)('$sentence', ({ check }) => {
    expect(check(house).map(show)).toEqual([]);
  });

  test('its long files are known', ({ annotate }) => {
    for (const file of notablyLong(house)) annotate(show(file), 'notice');
    expect(house.length).toBeGreaterThan(0);
  });
});

describe.each(rules)('the rule that $sentence', ({ check, kept, broken }) => {
  const keeping = kept.map(parseModule);

  test('is kept by what only comes close', () => {
    expect(check(keeping).map(show)).toEqual([]);
  });

  test.each(broken.map((source) => [firstLine(source), source] as const))('is broken by %s', (_, source) => {
    const line = source.text.split('\n').findIndex((text) => text.endsWith('// here')) + 1;
    const found = check([...keeping, parseModule(source)]);
    expect(found).toContainEqual(expect.objectContaining({ path: source.path, line }));
  });
});

function firstLine({ path, text }: Source): string {
  return `${path}: ${text.trim().split('\n')[0]?.replace(' // here', '')}`;
}

import { describe, expect, test } from 'vitest';
import { type Acting, type Dialect, isServing } from '#app/dialects/dialect.ts';
import { JOSCTL } from '#app/dialects/josctl/dialect.ts';
import { LLORCH_POOL } from '#app/dialects/llorch-pool/dialect.ts';
import { DIALECTS } from '#app/dialects/main.ts';
import { programOf } from '#app/dialects/program.ts';
import { SMCTL } from '#app/dialects/smctl/dialect.ts';
import { RESOURCES } from '#app/dialects/smctl/resources.ts';
import { TOOLS } from '#app/dialects/smctl/tools.ts';
import { findCard } from '#app/registry/find.ts';
import { EXIT } from '#engines/core/errors.ts';
import manifest from '../../../package.json' with { type: 'json' };

const PLACE = { cwd: '/work', workspace: '/work', repo: 'api' };

/** Everything that a command may be given at once. */
const FULL = {
  name: 'login',
  version: '1.4.0',
  repo: 'api',
  url: 'https://example.org/api.git',
  path: 'api',
  branch: 'main',
  repos: 'api,web',
  force: true,
  deleteRemote: true,
  features: [{ name: 'login', repos: ['api'] }],
};

const dialects: [string, Dialect][] = [
  ['smctl', SMCTL],
  ['llorch-pool', LLORCH_POOL],
  ['josctl', JOSCTL],
];

const acting = ({ commands }: Dialect) =>
  commands.filter((command): command is Acting => !isServing(command)).map((one) => [one.id, one] as const);

test('every name that the program is installed as, but its own, is one of a dialect', async () => {
  const { gantry, ...others } = manifest.bin;
  expect(new Set(Object.values(others))).toEqual(new Set([gantry]));
  expect(Object.keys(DIALECTS).sort()).toEqual(Object.keys(others).sort());
  for (const [name, load] of Object.entries(DIALECTS)) expect((await load()).names).toContain(name);
});

describe.each(dialects)('the table of %s', (_, dialect) => {
  test.each(acting(dialect))('%s calls what there is, with fields that it has', (_, command) => {
    const asks = [{}, FULL].flatMap((given) => command.finds?.asks(given, PLACE) ?? []);
    for (const { action, input } of [...asks, ...command.calls(FULL, PLACE)]) {
      const { id, input: schema } = findCard(action) ?? {};
      expect(id).toBe(action);
      expect(Object.keys(schema?.properties ?? {})).toEqual(
        expect.arrayContaining(Object.keys(input).filter((name) => input[name] !== undefined)),
      );
    }
  });

  test.each(acting(dialect))('%s says what it would do where it changes something', (_, command) => {
    const changes = command.calls(FULL, PLACE).some(({ action }) => findCard(action)?.kind === 'command');
    const takesDryRun = dialect.options.some(({ name }) => name === 'dry-run');
    expect(command.would !== undefined).toBe(changes && takesDryRun);
  });

  test('has an exit code for each class of failure', () => {
    const codes = Object.keys(EXIT).map((ending) => dialect.exits[ending as keyof typeof EXIT]);
    expect(codes.every(Number.isInteger)).toBe(true);
  });

  test('has options and arguments of different letters and names', () => {
    const { cards, options } = programOf(dialect);
    for (const { id, input } of cards) {
      const names = [...Object.keys(input.properties), ...options.map(({ name }) => name)];
      expect({ id, twice: names.filter((name, index) => names.indexOf(name) !== index) }).toEqual({
        id,
        twice: [],
      });
    }
  });

  test('names no command as one that comes later', () => {
    const words = new Set(dialect.commands.map(({ id }) => id.split('.')[0]));
    expect(dialect.later.filter((word) => words.has(word))).toEqual([]);
  });
});

test('the tools and documents of smctl stand for actions that there are', () => {
  const calls = [
    ...TOOLS.map(({ command }) => command.calls({}, PLACE)),
    ...RESOURCES.map((one) => one.calls),
  ];
  const actions = calls.flat().map(({ action }) => action);
  expect(actions.filter((action) => !findCard(action))).toEqual([]);
});

import { describe, expect, test } from 'vitest';
import { parseArguments } from '#app/cli/argv/parse.ts';
import { nameAction } from '#app/cli/argv/words.ts';
import { ACTIONS } from '#app/registry/actions.ts';
import type { ActionCard } from '#engines/core/card.ts';
import { wordsIn } from '#engines/core/shell.ts';
import { CARDS, cardOf } from './cards.ts';

describe('naming an action', () => {
  const named = (line: string) => {
    const { card, words, strays, rest } = nameAction(line.split(' '), CARDS);
    return { id: card?.id, words, strays, rest };
  };

  test('the longest id wins', () => {
    expect(named('undo list').id).toBe('undo.list');
    expect(named('undo 12')).toEqual({ id: 'undo', words: ['undo'], strays: ['12'], rest: ['12'] });
    expect(named('flow feature start login').rest).toEqual(['login']);
  });

  test('options may stand anywhere, and the value of a global one is no word', () => {
    expect(named('--json repo --workspace repo status api')).toEqual({
      id: 'repo.status',
      words: ['repo', 'status'],
      strays: ['api'],
      rest: ['--json', '--workspace', 'repo', 'api'],
    });
  });

  test('a noun alone names no action', () => {
    expect(named('repo')).toEqual({ id: undefined, words: ['repo'], strays: [], rest: [] });
  });

  test('words after -- are never a command', () => {
    expect(named('-- repo status')).toEqual({
      id: undefined,
      words: [],
      strays: [],
      rest: ['--', 'repo', 'status'],
    });
  });
});

describe('parsing arguments', () => {
  const input = (id: string, ...rest: string[]) => parseArguments(cardOf(id), rest, {}).input;

  test('positionals, options and flags become the input', () => {
    expect(input('repo.reset', 'api', 'web', '--to', 'main', '--all')).toEqual({
      repos: ['api', 'web'],
      to: 'main',
      all: true,
    });
  });

  test('what is not given stays out, so that the schema decides', () => {
    expect(input('repo.reset')).toEqual({});
    expect(input('undo.list', '-n', '5')).toEqual({ limit: 5 });
  });

  test('a name with a leading dash goes behind --', () => {
    expect(input('repo.reset', '--', '-rf', '--to')).toEqual({ repos: ['-rf', '--to'] });
  });

  test('global options come from arguments first and then from the environment', () => {
    const env = { GANTRY_DRY_RUN: '1', GANTRY_WORKSPACE: '/env', NO_COLOR: '1', GANTRY_YES: '0' };
    const { globals } = parseArguments(cardOf('repo.status'), ['--workspace', '/given'], env);
    expect(globals).toMatchObject({
      dryRun: true,
      workspace: '/given',
      noColor: true,
      yes: false,
      json: false,
    });
  });

  test.each([
    ['repo.reset', ['--too', 'main'], /unknown option '--too'/],
    ['repo.reset', ['--mode', 'soft'], /Allowed choices are hard, keep/],
    ['flow.feature.start', [], /missing required argument 'name'/],
    ['flow.feature.start', ['a', 'b'], /too many arguments/],
  ])('%s %j is one usage error with the command that helps', (id, rest, message) => {
    expect(() => input(id, ...rest)).toThrow(
      expect.objectContaining({
        failure: expect.objectContaining({
          code: 'usage',
          message: expect.stringMatching(message),
          next: [`gantry ${id.replaceAll('.', ' ')} --help`],
        }),
      }),
    );
  });

  test.each([
    ['git log --oneline', 'gantry workspace exec -- git log --oneline'],
    ['-p 2 git commit -m "a b"', "gantry workspace exec -p 2 -- git commit -m 'a b'"],
  ])('given the options of a command among ours, as in %s, the next try keeps them apart', (line, next) => {
    const card = ACTIONS.find(({ id }) => id === 'workspace.exec') as ActionCard;
    const given = wordsIn(line);
    expect(() => parseArguments(card, given, {})).toThrow(
      expect.objectContaining({
        failure: expect.objectContaining({ code: 'usage', next: [next, 'gantry workspace exec --help'] }),
      }),
    );
  });
});

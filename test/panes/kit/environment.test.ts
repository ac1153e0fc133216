import { expect, test } from 'vitest';
import { environmentLines } from '#panes/kit/environment.ts';
import { textOf } from '#panes/kit/line.ts';

const nothing = { defaults: {}, env: {}, sets: [], variables: [], secrets: [] };

test('a variable is shown as what is on top says it, with where it comes from', () => {
  const lines = environmentLines({
    defaults: { LOG_LEVEL: 'debug', MODE: 'slow' },
    env: { MODE: 'fast' },
    sets: ['default', 'prod'],
    variables: [
      { set: 'default', name: 'LOG_LEVEL', value: 'info' },
      { set: 'prod', name: 'LOG_LEVEL', value: 'warn' },
      { set: 'test', name: 'OTHER', value: 'is not of it' },
    ],
    secrets: [],
  });
  expect(lines.map(textOf)).toEqual(['LOG_LEVEL  warn  of prod', 'MODE       fast  its own']);
});

test('of a secret only its name is there, even where something else has a value for it', () => {
  const lines = environmentLines({
    ...nothing,
    env: { TOKEN: 'an old one' },
    sets: ['prod'],
    secrets: [{ set: 'prod', name: 'TOKEN', vault: '/home/ada/.jos/secrets' }],
  });
  expect(lines.map(textOf)).toEqual(['TOKEN  not shown  secret of prod, from /home/ada/.jos/secrets']);
});

test('what comes from outside is harmless', () => {
  const [line] = environmentLines({ ...nothing, env: { A: '\u001b[31mred' } });
  expect(textOf(line ?? [])).toBe('A  ␛[31mred  its own');
});

test('one that has none says so', () => {
  expect(environmentLines(nothing).map(textOf)).toEqual([
    'Nothing but what every process has of its user and machine.',
  ]);
});

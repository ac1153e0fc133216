import { describe, expect, test } from 'vitest';
import type { Caller, Host } from '#engines/core/host.ts';
import type { Answer, Question } from '#engines/core/question.ts';
import { openBoard } from './fixtures/board.ts';
import { createMemoryHost } from './fixtures/memory-host.ts';
import { NOW, REPOS } from './fixtures/repos.ts';

/** A host whose every action asks one thing first. */
function askingHost(question: Question): Host & { answers: Answer[] } {
  const answers: Answer[] = [];
  const host = createMemoryHost({ repos: REPOS, now: () => NOW });
  return {
    ...host,
    answers,
    invoke: async (invocation, caller: Caller) => {
      if (invocation.action === 'workspace.show') return host.invoke(invocation, caller);
      answers.push(await caller.ask(question));
      return { kind: 'data', data: null };
    },
  };
}

describe('what git asks', () => {
  test('in secret is never shown, not even its length', async () => {
    const host = askingHost({
      kind: 'credential',
      prompt: "Password for 'https://ada@git.example.test': ",
      secret: true,
    });
    await using board = await openBoard(host);
    await board.press('f');
    expect(board.text()).toContain("Password for 'https://ada@git.example.test':");
    await board.type('hunter2');
    expect(board.written()).not.toMatch(/hunter2|•{2,}|\*{2,}/);
    expect(board.text()).toContain('typed, not shown');
    await board.press('enter');
    expect(host.answers).toEqual([{ kind: 'text', value: 'hunter2' }]);
  });

  test('openly is shown as it is typed', async () => {
    const host = askingHost({ kind: 'credential', prompt: 'Username:', secret: false });
    await using board = await openBoard(host);
    await board.press('f');
    await board.type('ada');
    expect(board.text()).toContain('› ada');
    await board.press('esc');
    expect(host.answers).toEqual([{ kind: 'no' }]);
  });

  test('can’t draw on the screen', async () => {
    const host = askingHost({ kind: 'credential', prompt: '\x1b[2Jgone\r\n\x1b]0;owned\x07', secret: false });
    await using board = await openBoard(host);
    board.written();
    await board.press('f');
    expect(board.written()).not.toMatch(/\x1b\[2J|\x1b\]0;/);
    expect(board.text()).toContain('␛[2Jgone');
  });
});

describe('a workspace that brings commands', () => {
  const question: Question = {
    kind: 'trust',
    workspace: '/home/ada/acme',
    commands: ['npm install', 'make setup'],
  };

  test('shows them before anything is said', async () => {
    await using board = await openBoard(askingHost(question));
    await board.press('s');
    expect(board.text()).toContain('Do you trust this workspace?');
    expect(board.text()).toContain('npm install');
    expect(board.text()).toContain('make setup');
  });

  test.each([
    ['y', 'yes'],
    ['n', 'no'],
    ['esc', 'no'],
  ])('%s says %s', async (key, answer) => {
    const host = askingHost(question);
    await using board = await openBoard(host);
    await board.press('s');
    await board.press(key);
    expect(host.answers).toEqual([{ kind: answer }]);
  });
});

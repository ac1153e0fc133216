import { describe, expect, test } from 'vitest';
import { openDesk } from '#app/daemon/askpass/desk.ts';
import type { Answer, Question } from '#engines/core/question.ts';

/** A desk before a person with these answers. */
function desk(...answers: Answer[]) {
  const asked: Question[] = [];
  const { answer } = openDesk(async (question) => {
    asked.push(question);
    return answers.shift() ?? { kind: 'needs-input' };
  });
  return { asked, answer };
}

const text = (value: string): Answer => ({ kind: 'text', value });

describe('given many processes with the same prompt', () => {
  test('then the person is asked once', async () => {
    const { asked, answer } = desk(text('s3cret'));
    const askers = [1, 2, 3, 4];

    const answers = await Promise.all(askers.map((asker) => answer({ prompt: 'Password: ', asker })));

    expect(answers).toEqual(['s3cret', 's3cret', 's3cret', 's3cret']);
    expect(asked).toHaveLength(1);
  });

  test('when the answer was wrong and all ask again, then the person is asked once more', async () => {
    const { asked, answer } = desk(text('wrong'), text('right'));
    const askers = [1, 2, 3, 4];
    await Promise.all(askers.map((asker) => answer({ prompt: 'Password: ', asker })));

    const answers = await Promise.all(askers.map((asker) => answer({ prompt: 'Password: ', asker })));

    expect(answers).toEqual(['right', 'right', 'right', 'right']);
    expect(asked).toHaveLength(2);
  });

  test('when the person turns it down, then the others are not asked about', async () => {
    const { asked, answer } = desk({ kind: 'no' }, text('never reached'));

    expect(await answer({ prompt: 'Password: ', asker: 1 })).toBeUndefined();
    expect(await answer({ prompt: 'Password: ', asker: 2 })).toBeUndefined();
    expect(asked).toHaveLength(1);
  });
});

test.each([
  ["Username for 'https://example.test': ", false],
  ["Password for 'https://ada@example.test': ", true],
  ["Enter passphrase for key '/home/ada/.ssh/id_ed25519': ", true],
  ['Are you sure you want to continue connecting (yes/no/[fingerprint])? ', false],
  ['something that nobody foresaw', true],
])('given the prompt %j, then what is typed is secret: %s', async (prompt, secret) => {
  const { asked, answer } = desk(text('x'));

  await answer({ prompt, asker: 1 });

  expect(asked).toEqual([{ kind: 'credential', prompt, secret }]);
});

test('given a question about a host key, when the person says yes, then ssh is told yes', async () => {
  const { answer } = desk({ kind: 'yes' });

  expect(await answer({ prompt: 'Continue (yes/no)? ', asker: 1 })).toBe('yes');
});

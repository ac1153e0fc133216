import { appendFile, mkdir, symlink } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { documentOne, writeArtifact } from '../../rig/artifacts.ts';
import type { World } from '../../rig/home.ts';
import { test } from '../../rig/test.ts';
import { documentWith, jos, pipeline, runIds, sh, somebodyIn } from './stage.ts';

/** A first step that would be seen, were it begun. */
const first = sh('touch begun');

/** What was refused, after a look at that nothing was begun. */
const refused = async (world: World, artifact: string, input: object = {}) => {
  const { refusal } = somebodyIn(world);
  const failure = await refusal(artifact, input);
  expect(runIds(world)).toEqual([]);
  return failure;
};

describe('before anything is begun, it is refused', () => {
  test('that a step is not defined', async ({ world }) => {
    await pipeline(world, 'hello.jos', { first }, { steps: ['first', 'second'] });
    expect(await refused(world, 'hello')).toMatchObject({
      code: 'flow-unrunnable',
      message: "The flow main of hello can't be run: second: it is not defined.",
    });
  });

  test('that there is no such flow', async ({ world }) => {
    await pipeline(world, 'hello.jos', { first });
    expect(await refused(world, 'hello', { flow: 'mian' })).toMatchObject({
      code: 'flow-unknown',
      message: 'hello has no flow mian. It has main. Did you mean main?',
      details: { flows: ['main'] },
    });
  });

  test('that there is no such artifact, be it named or a step', async ({ world }) => {
    expect(await refused(world, 'nowhere')).toMatchObject({ code: 'artifact-missing' });
    await pipeline(world, 'hello.jos', { first, inner: jos('nowhere.jos') });
    expect(await refused(world, 'hello')).toMatchObject({
      code: 'artifact-missing',
      message: 'hello names an artifact nowhere.jos, and there is none.',
    });
  });

  test('that a step calls a function: there is nothing that has functions', async ({ world }) => {
    await pipeline(world, 'hello.jos', { first, call: { type: 'function', command: 'notify' } });
    expect(await refused(world, 'hello')).toMatchObject({
      code: 'pipeline-unrunnable',
      message: expect.stringContaining('call of hello: it calls the function "notify"'),
    });
  });

  test.for([
    ['ftp://example.test/', {}, 'is no http or https URL'],
    ['http://ada:secret@example.test/', {}, 'has a password in it'],
    ['http://example.test/', { method: 'GE T' }, 'is no method'],
    ['http://example.test/', { headers: { 'x y': 'z' } }, 'can be no header'],
    ['http://example.test/', { headers: { x: 'z\r\nHost: other' } }, 'can be no header'],
  ] as const)('that a request of %s can not be made: %s', async ([url, more, why], { world }) => {
    await pipeline(world, 'hello.jos', { first, ask: { type: 'http', url, ...more } });
    const { code, message } = await refused(world, 'hello');
    expect({ code, message }).toMatchObject({
      code: 'pipeline-unrunnable',
      message: expect.stringContaining(why),
    });
    expect(message).not.toContain('secret');
  });

  test('that nobody knows what on_failure means, every such step at once', async ({ world }) => {
    await pipeline(
      world,
      'hello.jos',
      {
        first: sh('true', { on_failure: 'call my mother' }),
        second: sh('true', { on_failure: 'inner' }),
        inner: jos('inner.jos'),
      },
      { steps: ['first', 'second'] },
    );
    const { message } = await refused(world, 'hello');
    expect(message).toContain('first of hello: its on_failure is "call my mother", which is neither');
    expect(message).toContain('second of hello: its on_failure is "inner", which is no shell step');
  });

  test('that a step which is an artifact is to go on when it fails', async ({ world }) => {
    await pipeline(world, 'inner.jos', { first });
    await pipeline(world, 'hello.jos', { inner: jos('inner.jos', { on_failure: 'continue' }) });
    expect(await refused(world, 'hello')).toMatchObject({ code: 'pipeline-unrunnable' });
  });

  test('that a flow has no steps', async ({ world }) => {
    await documentWith(world, 'hello.jos', { first }, { steps: [] });
    expect(await refused(world, 'hello')).toMatchObject({ code: 'pipeline-empty' });
  });
});

describe('an artifact that runs itself is refused, with the way', () => {
  test('in one step', async ({ world }) => {
    await pipeline(world, 'hello.jos', { first, again: jos('./hello.jos') });
    expect(await refused(world, 'hello')).toMatchObject({
      code: 'pipeline-cycle',
      message: 'hello runs itself: hello > hello.',
    });
  });

  test('by way of others, and by a link', async ({ world }) => {
    await pipeline(world, 'a.jos', { first, b: jos('b') });
    await pipeline(world, 'b.jos', { c: jos('c') });
    await mkdir(world.path('work', 'links'));
    await symlink(world.path('work', 'b.jos'), world.path('work', 'links', 'other.jos'));
    await pipeline(world, 'c.jos', { b: jos('links/other.jos') });
    expect(await refused(world, 'a')).toMatchObject({
      code: 'pipeline-cycle',
      message: 'b runs itself: b > c > b.',
    });
  });
});

describe('artifacts within artifacts are bounded', () => {
  test('in depth', async ({ world }) => {
    for (let at = 0; at < 17; at++) await documentWith(world, `a${at}.jos`, { next: jos(`a${at + 1}.jos`) });
    await documentWith(world, 'a17.jos', { first });
    expect(await refused(world, 'a0')).toMatchObject({
      code: 'pipeline-large',
      message: 'a0 is more than 16 artifacts deep.',
    });
    expect((await somebodyIn(world).plan('a2')).steps).toHaveLength(1);
  });

  test('in steps altogether', async ({ world }) => {
    const twice = (file: string) => ({ one: jos(file), two: jos(file) });
    for (let at = 0; at < 10; at++) await documentWith(world, `a${at}.jos`, twice(`a${at + 1}.jos`));
    await documentWith(world, 'a10.jos', { first });
    expect(await refused(world, 'a0')).toMatchObject({
      code: 'pipeline-large',
      message: 'a0 has more than 1000 steps.',
    });
  });
});

describe('a signature that does not hold', () => {
  const signed = async (world: World, file: string) => {
    await writeArtifact(
      world.path('work', file),
      documentOne({ integrity: { hash: `sha256:${'0'.repeat(64)}` } }),
    );
  };

  test('refuses the run, be it of an artifact within', async ({ world }) => {
    await signed(world, 'inner.jos');
    await pipeline(world, 'hello.jos', { first, inner: jos('inner') });
    expect(await refused(world, 'inner')).toMatchObject({ code: 'integrity-failed' });
    expect(await refused(world, 'hello')).toMatchObject({
      code: 'integrity-failed',
      next: expect.arrayContaining([expect.stringMatching(/^gantry pipeline run .*inner\.jos --insecure$/)]),
    });
  });

  test('is run knowingly, and that is told and kept', async ({ world }) => {
    const { run, read } = somebodyIn(world);
    await signed(world, 'hello.jos');
    const { receipt, notes, data } = await run('hello', { insecure: true });
    expect(receipt.status).toBe('done');
    expect(notes[0]).toMatch(/^The signature of Hello there does not hold: its hash is /);
    const { events } = await read<{ events: object[] }>('pipeline.show', { run: data.run });
    expect(events).toContainEqual(expect.objectContaining({ type: 'run:integrity_failed' }));
  });

  test('of one that is unsigned or was changed after it was signed', async ({ world }) => {
    const { run, refusal } = somebodyIn(world);
    const { read } = somebodyIn(world);
    const file = await pipeline(world, 'hello.jos', { first: sh('true') });
    expect((await run('hello')).notes).toEqual(['hello is unsigned: a change of it goes unnoticed.']);
    const { signatureOf } = await import('#engines/service/jos/signature.ts');
    const { loadArtifact } = await import('#engines/service/jos/load.ts');
    const { writeFile } = await import('node:fs/promises');
    for (const [path, text] of signatureOf(await loadArtifact(file), 0).texts) await writeFile(path, text);
    const { notes, data } = await run('hello');
    expect(notes).toEqual([]);
    const { events } = await read<{ events: object[] }>('pipeline.show', { run: data.run });
    expect(events).toContainEqual(expect.objectContaining({ type: 'run:integrity_verified' }));
    await appendFile(file, '\n');
    expect(await refusal('hello')).toMatchObject({ code: 'integrity-failed' });
  });
});

describe('what an artifact avoids', () => {
  const avoiding = (avoid: string[]) => ({ more: { guardrails: { avoid, max_retries: 0 } } });

  test.for([
    ['rm -rf', 'cd build && rm   -rf .'],
    ['RM', 'rm -rf build'],
    ['curl', 'curl https://example.test/'],
    ['https://example.test', 'curl https://example.test/'],
  ] as const)('%s: refuses %s', async ([avoid, command], { world }) => {
    await pipeline(world, 'hello.jos', { first, second: sh(command) }, avoiding([avoid]));
    expect(await refused(world, 'hello')).toMatchObject({
      code: 'step-avoided',
      exit: 'denied',
      message: `hello avoids ${JSON.stringify(avoid)}, and second has it.`,
    });
  });

  test.for([
    ['rm', 'npm run format'],
    ['modifying default branches directly', 'git push origin main'],
    ['', 'true'],
    ['a.b', 'echo aXb'],
  ] as const)('%s: has nothing against %s', async ([avoid, command], { world }) => {
    await pipeline(world, 'hello.jos', { only: sh(command) }, avoiding([avoid]));
    expect((await somebodyIn(world).plan('hello')).steps).toHaveLength(1);
  });

  test('holds for artifacts within, for requests and for what runs after a failure', async ({ world }) => {
    await pipeline(world, 'inner.jos', { go: sh('rm -rf build') });
    await pipeline(world, 'outer.jos', { first, inner: jos('inner') }, avoiding(['rm -rf']));
    expect(await refused(world, 'outer')).toMatchObject({ code: 'step-avoided' });
    const ask = { type: 'http', url: 'http://example.test/', method: 'DELETE' };
    await pipeline(world, 'ask.jos', { ask }, avoiding(['DELETE']));
    expect(await refused(world, 'ask')).toMatchObject({ code: 'step-avoided' });
    await pipeline(
      world,
      'clean.jos',
      { go: sh('true', { on_failure: 'clean' }), clean: sh('rm -rf .') },
      { steps: ['go'], ...avoiding(['rm -rf']) },
    );
    expect(await refused(world, 'clean')).toMatchObject({ code: 'step-avoided' });
  });
});

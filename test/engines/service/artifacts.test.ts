import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { openHost } from '#app/invoke/host.ts';
import { findOperation } from '#app/registry/find.ts';
import type { Invocation, Outcome } from '#engines/core/invocation.ts';
import { pathsFrom } from '#engines/core/paths.ts';
import type { Call } from '#engines/core/plan.ts';
import type { Validation } from '#engines/service/types.ts';
import { recordingCaller } from '../../app/invoke/caller.ts';
import { artifactText, documentOne, strictArtifact, writeArtifact } from '../../rig/artifacts.ts';
import { testContext } from '../../rig/context.ts';
import type { World } from '../../rig/home.ts';
import { test } from '../../rig/test.ts';

const MOMENT = Date.parse('2026-01-02T03:04:05Z');

/** Somebody who stands in a directory without a workspace and calls the real spine. */
const somebodyIn = (world: World) => {
  const host = openHost({ env: world.env, paths: pathsFrom(world.env), now: () => MOMENT });
  world.defer(() => host.close());
  const caller = recordingCaller({ cwd: world.path('work') });
  const call = (action: string, input: object, manner: Partial<Invocation> = {}) =>
    host.invoke({ action, input, ...manner }, caller);
  const expectKind = async <K extends Outcome['kind']>(kind: K, outcome: Promise<Outcome>) => {
    const found = await outcome;
    if (found.kind === kind) return found as Extract<Outcome, { kind: K }>;
    throw new Error(JSON.stringify(found, null, 2));
  };
  return {
    validate: async (input: object) =>
      (await expectKind('data', call('service.validate', input))).data as unknown as Validation,
    refusal: async (action: string, input: object) =>
      (await expectKind('failure', call(action, input))).failure,
    plan: async (input: object) =>
      (await expectKind('plan', call('service.sign', input, { dryRun: true }))).plan,
    receipt: async (action: string, input: object) =>
      (await expectKind('receipt', call(action, input))).receipt,
  };
};

const textOf = (world: World, name: string) => readFile(world.path('work', name), 'utf8');

const checked = ({ checks }: Pick<Validation, 'checks'>) =>
  checks.map(({ check, ok, detail }) => `${ok ? 'ok' : 'no'} ${check}: ${detail}`);

describe('validate', () => {
  test('tells what it looked at, in the order of the 0.0.7 kernel', async ({ world }) => {
    const { validate } = somebodyIn(world);
    const file = await writeArtifact(world.path('work', 'hello.jos'), strictArtifact());
    const validation = await validate({ artifact: 'hello' });
    expect(validation).toMatchObject({
      artifact: file,
      name: 'Hello there',
      kind: 'atom',
      generation: '0.0.7-strict',
    });
    expect(checked(validation)).toEqual([
      'ok json-syntax: strict JSON',
      'ok josfoxai-keys: 8/8',
      'ok magic-keys: 5/5',
      'ok schema: 0.0.7-strict',
      'ok orchestration-structure: 1 definition, 1 flow',
      'ok integrity: unsigned',
    ]);
  });

  test('of a document of 1.0.0', async ({ world }) => {
    const { validate } = somebodyIn(world);
    await writeArtifact(world.path('work', 'hello.jos'), documentOne({ orchestration: {} }));
    expect(checked(await validate({ artifact: 'hello.jos' }))).toEqual([
      'ok json-syntax: strict JSON',
      'ok schema: 1.0.0',
      'ok orchestration-structure: 0 definitions, 0 flows; it may be incomplete',
      'ok integrity: unsigned',
    ]);
  });

  test('fails with all checks and problems among its details', async ({ world }) => {
    const { refusal } = somebodyIn(world);
    const { id_jos: _, capabilities: __, ...incomplete } = strictArtifact();
    await writeArtifact(world.path('work', 'hello.jos'), { ...incomplete, files: 'none' });
    const failure = await refusal('service.validate', { artifact: 'hello.jos' });
    expect(failure).toMatchObject({ code: 'artifact-invalid', exit: 'failed' });
    expect(checked(failure.details as never)).toEqual([
      'ok json-syntax: strict JSON',
      'no josfoxai-keys: missing: id_jos',
      'no magic-keys: missing: capabilities',
      'no schema: 3 problems',
      'ok orchestration-structure: 1 definition, 1 flow',
    ]);
    expect(failure.details?.problems).toHaveLength(3);
  });

  test('fails where the JSON ends it', async ({ world }) => {
    const { refusal } = somebodyIn(world);
    await writeFile(world.path('work', 'hello.jos'), '{\n  "jos": }');
    const failure = await refusal('service.validate', { artifact: 'hello.jos' });
    expect(failure).toMatchObject({
      code: 'artifact-json',
      message: `${world.path('work', 'hello.jos')}:2:10: a value is due, and here is "}".`,
      details: { line: 2, column: 10 },
    });
    expect(checked(failure.details as never)).toEqual(['no json-syntax: a value is due, and here is "}"']);
  });

  test('holds an artifact to another generation where it is told so', async ({ world }) => {
    const { refusal } = somebodyIn(world);
    await writeArtifact(world.path('work', 'hello.jos'), documentOne());
    expect(
      await refusal('service.validate', { artifact: 'hello.jos', profile: '0.0.7-strict' }),
    ).toMatchObject({
      code: 'artifact-invalid',
      details: { generation: '0.0.7-strict' },
    });
  });

  test('fails where the signature does not hold, unless nobody looks at it', async ({ world }) => {
    const { refusal, validate, receipt } = somebodyIn(world);
    await writeArtifact(world.path('work', 'hello.jos'));
    await receipt('service.sign', { artifact: 'hello.jos' });
    expect(checked(await validate({ artifact: 'hello.jos' })).at(-1)).toBe('ok integrity: verified');
    await writeFile(
      world.path('work', 'hello.jos'),
      (await textOf(world, 'hello.jos')).replace('echo', 'printf'),
    );
    const failure = await refusal('service.validate', { artifact: 'hello.jos' });
    expect(failure).toMatchObject({ code: 'integrity-failed', exit: 'failed' });
    expect(checked(failure.details as never).at(-1)).toMatch(/^no integrity: its hash is sha256:/);
    expect(checked(await validate({ artifact: 'hello.jos', insecure: true })).at(-1)).toBe(
      'ok integrity: not looked at',
    );
  });
});

describe('sign', () => {
  test('seals a document of 1.0.0 in its own layout, and undo takes exactly that back', async ({ world }) => {
    const { receipt } = somebodyIn(world);
    const before = `{ "jos": {"version": "1.0.0", "kind": "atom"},\n\t"meta": {"name": "n"}\n}`;
    await writeFile(world.path('work', 'hello.jos'), before);
    const { activity, steps } = await receipt('service.sign', { artifact: 'hello.jos' });
    expect(steps).toMatchObject([
      { status: 'done', summary: expect.stringMatching(/^signed hello\.jos with sha256:\w{12}$/) },
    ]);
    const signed = await textOf(world, 'hello.jos');
    expect(signed).toMatch(
      /"name": "n"},\n\t"integrity": \{\n\t\t"timestamp": "2026-01-02T03:04:05\.000Z",\n\t\t"hash": "sha256:\w{64}"\n\t}\n}$/,
    );
    expect(signed.startsWith(before.slice(0, -2))).toBe(true);
    await receipt('undo', { id: activity });
    expect(await textOf(world, 'hello.jos')).toBe(before);
    await receipt('redo', {});
    expect(await textOf(world, 'hello.jos')).toBe(signed);
  });

  test('writes a manifest for 0.0.7 and names it in the artifact, and undo takes both back', async ({
    world,
  }) => {
    const { receipt, validate, plan } = somebodyIn(world);
    await writeArtifact(world.path('work', 'hello.jos'), strictArtifact());
    const { described } = await plan({ artifact: 'hello.jos' });
    expect(described.flatMap(({ calls }) => calls.map(({ summary }) => summary))).toEqual([
      'write the SHA-256 of hello.jos into hello.jos.sig.json, and name it in hello.jos',
    ]);
    const { activity } = await receipt('service.sign', { artifact: 'hello.jos' });
    expect(JSON.parse(await textOf(world, 'hello.jos')).security.integrity_ref).toBe('./hello.jos.sig.json');
    const { sha256 } = await validate({ artifact: 'hello.jos' });
    const size = Buffer.byteLength(await textOf(world, 'hello.jos'));
    expect(JSON.parse(await textOf(world, 'hello.jos.sig.json'))).toEqual({
      $schema: 'https://josfox.ai/schemas/jos-manifest-0.0.7.json',
      manifest_version: '1.0.0',
      artifact_ref: 'hello.jos',
      artifact_sha256: sha256,
      artifact_size_bytes: size,
      timestamp: '2026-01-02T03:04:05.000Z',
      generated_by: 'gantry service sign',
      canonical_version: expect.stringContaining('v0.0.7'),
    });
    await receipt('undo', { id: activity });
    expect(await textOf(world, 'hello.jos')).toBe(artifactText(strictArtifact()));
    await expect(textOf(world, 'hello.jos.sig.json')).rejects.toThrow('ENOENT');
  });

  test('writes the manifest that the artifact names, and leaves the artifact alone', async ({ world }) => {
    const { receipt, validate } = somebodyIn(world);
    const artifact = strictArtifact({ security: { type: 'signed', integrity_ref: './own.sig.json' } });
    await writeArtifact(world.path('work', 'hello.jos'), artifact);
    await writeFile(world.path('work', 'own.sig.json'), '{"artifact_sha256": "outdated"}');
    await receipt('service.sign', { artifact: 'hello.jos' });
    expect(await textOf(world, 'hello.jos')).toBe(artifactText(artifact));
    expect(checked(await validate({ artifact: 'hello.jos' })).at(-1)).toBe('ok integrity: verified');
  });

  test('has nothing to do where it is signed as it is', async ({ world }) => {
    const { receipt, plan } = somebodyIn(world);
    for (const artifact of [documentOne(), strictArtifact()]) {
      await writeArtifact(world.path('work', 'hello.jos'), artifact);
      await receipt('service.sign', { artifact: 'hello.jos' });
      expect(await plan({ artifact: 'hello.jos' })).toMatchObject({
        steps: [],
        settled: [{ reason: 'is signed as it is' }],
      });
    }
  });

  test('refuses what is no artifact, and a manifest outside its directory', async ({ world }) => {
    const { refusal } = somebodyIn(world);
    await writeArtifact(world.path('work', 'hello.jos'), documentOne({ vendor: {} }));
    expect(await refusal('service.sign', { artifact: 'hello.jos' })).toMatchObject({
      code: 'artifact-invalid',
    });
    const security = { type: 'signed', integrity_ref: '../home/.profile' };
    await writeArtifact(world.path('work', 'hello.jos'), strictArtifact({ security }));
    expect(await refusal('service.sign', { artifact: 'hello.jos' })).toMatchObject({
      code: 'reference-outside',
    });
  });

  test('goes over no file that is no manifest, the artifact itself included', async ({ world }) => {
    const { refusal } = somebodyIn(world);
    await writeFile(world.path('work', 'main.ts'), 'export {};');
    for (const integrity_ref of ['main.ts', './hello.jos', '.']) {
      await writeArtifact(world.path('work', 'hello.jos'), strictArtifact({ security: { integrity_ref } }));
      const failure = await refusal('service.sign', { artifact: 'hello.jos' });
      expect([integrity_ref, failure.code]).toEqual([
        integrity_ref,
        integrity_ref === '.' ? 'artifact-unreadable' : 'signature-taken',
      ]);
    }
    expect(await textOf(world, 'main.ts')).toBe('export {};');
  });

  test('leaves a file that somebody changed meanwhile, and undo one that was changed since', async ({
    world,
  }) => {
    const { receipt, plan } = somebodyIn(world);
    const file = await writeArtifact(world.path('work', 'hello.jos'));
    const planned = await plan({ artifact: 'hello.jos' });
    await writeArtifact(file, documentOne({ id: 'org.example.other' }));
    const operation = await findOperation('service.artifact.sign');
    const call = planned.steps[0] as Call & (typeof planned.steps)[0];
    const application = { args: call.args, target: call.target, activity: '1', step: call.id };
    await expect((await operation.apply())(application, testContext(world))).rejects.toThrow(
      'no longer what was planned',
    );

    const { activity } = await receipt('service.sign', { artifact: 'hello.jos' });
    await writeFile(file, (await textOf(world, 'hello.jos')).replace('echo', 'printf'));
    const changed = await textOf(world, 'hello.jos');
    expect(await receipt('undo', { id: activity })).toMatchObject({
      status: 'refused',
      steps: [{ failure: { code: 'undo-moved' } }],
    });
    expect(await textOf(world, 'hello.jos')).toBe(changed);
  });

  test('goes on where a crash left the manifest and not the artifact', async ({ world }) => {
    const { plan } = somebodyIn(world);
    const file = await writeArtifact(world.path('work', 'hello.jos'), strictArtifact());
    const [step] = (await plan({ artifact: 'hello.jos' })).steps;
    const { args, target, id } = step as Call & NonNullable<typeof step>;
    const operation = await findOperation('service.artifact.sign');
    const application = { args, target, activity: '1', step: id };
    const context = (now: number) => testContext(world, { now: () => now });
    const [apply, check] = await Promise.all([operation.apply(), operation.check()]);

    expect(await check(application, context(MOMENT))).toBeUndefined();
    await apply(application, context(MOMENT));
    const manifest = await textOf(world, 'hello.jos.sig.json');
    await writeFile(file, artifactText(strictArtifact()));
    expect(await check(application, context(MOMENT + 1))).toBeUndefined();
    await apply(application, context(MOMENT + 1));
    expect(await textOf(world, 'hello.jos.sig.json')).toBe(manifest);
    expect(await check(application, context(MOMENT + 2))).toMatchObject({
      summary: expect.stringMatching(/^signed hello\.jos with/),
    });
  });
});

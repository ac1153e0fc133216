import { readdirSync } from 'node:fs';
import { symlink, truncate, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test as plain } from 'vitest';
import { failureOf } from '#engines/core/errors.ts';
import type { Profile } from '#engines/service/jos/artifact.ts';
import { inspect } from '#engines/service/jos/inspect.ts';
import { JOSFOXAI_KEYS, MAGIC_KEYS } from '#engines/service/jos/keys.ts';
import { loadArtifact, requireStartable } from '#engines/service/jos/load.ts';
import { MAX_BYTES } from '#engines/service/jos/source.ts';
import { artifactText, documentOne, strictArtifact, writeArtifact } from '../../../rig/artifacts.ts';
import { test } from '../../../rig/test.ts';

const fixture = (name: string) => fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url));

const sourceOf = (text: string) => ({ path: '/tmp/hello.jos', text, sha256: '' });

/** All that keeps a text from being used: `line:column path message`. */
const problemsOf = (text: string, profile?: Profile): string[] => {
  const inspection = inspect(sourceOf(text), profile);
  if (inspection.kind !== 'read') return [inspection.kind];
  return inspection.findings.problems.map(
    ({ line, column, path, message }) => `${line}:${column} ${path} ${message}`,
  );
};

const failing = (file: string, profile?: Profile) =>
  loadArtifact(file, { profile }).then(
    ({ name }) => expect.fail(`${name} was loaded`),
    (thrown) => failureOf(thrown),
  );

describe('what is no artifact', () => {
  const VECTORS: [file: string, code: string, said: string][] = [
    ['missing-jos', 'artifact-invalid', '1:1 jos is missing; an object is due there'],
    ['unknown-kind', 'artifact-invalid', '2:32 jos.kind has to be "atom", "flow", "service" or "persona"'],
    ['bad-version', 'artifact-invalid', '2:12 jos.version has to be a version such as "1.0.0"'],
    ['additional-root-property', 'artifact-invalid', '4:3 vendor is no key of this format'],
    ['additional-inner-property', 'artifact-invalid', '3:41 meta.homepage is no key of this format'],
    ['duplicate-name', 'artifact-json', 'duplicate-name.jos:5:5: the name "name" stands twice in one object'],
    ['next-major', 'artifact-invalid', '2:12 jos.version is 2.0.0, and only 1.x is understood'],
    ['nested', 'artifact-unsupported', 'has JOSFOXAI or MAGIC as a block of its own'],
    ['incomplete', 'artifact-invalid', '1:1 x_run_params is missing at the top level (JOSFOXAI)'],
  ];

  plain.each(VECTORS)('is refused with what is wrong and where: %s', async (name, code, said) => {
    const failure = await failing(fixture(`invalid/${name}.jos`));
    expect(failure).toMatchObject({ code, exit: 'failed', message: expect.stringContaining(said) });
  });

  plain('is tested in every one of its forms', () => {
    const files = readdirSync(fixture('invalid')).map((file) => file.replace('.jos', ''));
    expect(files.toSorted()).toEqual(VECTORS.map(([name]) => name).toSorted());
  });

  plain('says which keys of 0.0.7 are missing and which say nothing', async () => {
    const { details } = await failing(fixture('invalid/incomplete.jos'));
    expect(details?.problems).toEqual([
      ...['x_run_params', 'adaptive_ai'].map((path) =>
        lacking(path, [1, 1], 'is missing at the top level', 'JOSFOXAI'),
      ),
      lacking('artifacts', [1, 1], 'is missing at the top level', 'MAGIC'),
      lacking('id_jos', [4, 3], 'says nothing', 'JOSFOXAI'),
      lacking('orchestration', [7, 3], 'says nothing', 'JOSFOXAI'),
    ]);
  });

  const lacking = (path: string, [line, column]: [number, number], lack: string, block: string) => {
    const message = `${lack} (${block})`;
    return { path, line, column, message };
  };
});

describe('an artifact of 0.0.7', () => {
  const KEYS = [...JOSFOXAI_KEYS, ...MAGIC_KEYS];

  plain.each(KEYS)('needs %s, and takes it empty', (key) => {
    const without = strictArtifact();
    delete without[key];
    expect(problemsOf(artifactText(without), '0.0.7-strict')).toHaveLength(1);
    for (const nothing of [null, '', 0, false]) {
      const problems = problemsOf(artifactText(strictArtifact({ [key]: nothing })));
      expect(problems).toEqual([expect.stringMatching(new RegExp(`^\\d+:3 ${key} says nothing`))]);
    }
    for (const empty of [[], {}]) {
      expect(problemsOf(artifactText(strictArtifact({ [key]: empty })))).toEqual([]);
    }
  });

  const ODD: [why: string, changes: object, said: string][] = [
    [
      'a definition that is a text',
      { orchestration: { definitions: { a: 'b' } } },
      'definitions.a has to be an object',
    ],
    [
      'a definition without a type',
      { orchestration: { definitions: { 'a b': {} } } },
      'definitions["a b"].type is missing; a text',
    ],
    [
      'a step that is a number',
      { orchestration: { flows: { main: { steps: [1] } } } },
      'flows.main.steps[0] has to be a text',
    ],
    [
      'steps that are a text',
      { orchestration: { pipelines: { p: { steps: 'a' } } } },
      'pipelines.p.steps has to be a list',
    ],
    [
      'retries below nothing',
      { guardrails: { max_retries: -1 } },
      'guardrails.max_retries has to be at least 0',
    ],
    [
      'a confirmation in words',
      { guardrails: { require_confirmation: 'yes' } },
      'require_confirmation has to be true or false',
    ],
    ['half a retry', { guardrails: { max_retries: 0.5 } }, 'guardrails.max_retries has to be a whole number'],
    ['a timeout in words', { x_run_params: { timeout: '5s' } }, 'x_run_params.timeout has to be a number'],
    [
      'criteria of numbers',
      { intention: { success_criteria: 1 } },
      'success_criteria has to be a text or a list',
    ],
    [
      'a signature that is no path',
      { security: { integrity_ref: {} } },
      'security.integrity_ref has to be a text',
    ],
    ['security in a word', { security: 'open' }, 'security has to be an object'],
  ];

  plain.each(ODD)('is refused with %s', (_, changes, said) => {
    expect(problemsOf(artifactText(strictArtifact({ ...changes })))).toEqual([expect.stringContaining(said)]);
  });
});

describe('a document of JOS 1.0.0', () => {
  const ODD: [why: string, changes: object, said: string][] = [
    [
      'a schema that is no address',
      { jos: { version: '1.0.0', kind: 'atom', schema: 'here' } },
      'jos.schema has to be an absolute URI',
    ],
    ['an identifier in capitals', { id: 'Org' }, 'id has to be an identifier'],
    ['no name', { meta: {} }, 'meta.name is missing; a text is due there'],
    [
      'a long name',
      { meta: { name: 'n'.repeat(129) } },
      'meta.name has to be a text of at most 128 characters',
    ],
    [
      'tags that repeat',
      { meta: { name: 'n', tags: ['a', 'a'] } },
      'meta.tags has to be a list without repetitions',
    ],
    ['a version of two numbers', { meta: { name: 'n', version: '1.0' } }, 'meta.version has to be a version'],
    ['capabilities as texts', { capabilities: ['read'] }, 'capabilities[0] has to be an object'],
    [
      'another requirement',
      { requires: [{ kind: 'npm', name: 'x' }] },
      'requires[0].kind has to be "mcp-server"',
    ],
    [
      'a function as a step',
      { orchestration: { definitions: { f: { type: 'function' } } } },
      'definitions.f.type has to be "shell", "jos" or "http"',
    ],
    [
      'retries of its own',
      { orchestration: { definitions: { f: { type: 'shell', retries: 1 } } } },
      'definitions.f.retries is no key',
    ],
    [
      'an address that is none',
      { orchestration: { definitions: { f: { type: 'http', url: '/x' } } } },
      'definitions.f.url has to be an absolute URI',
    ],
    [
      'a flow without steps',
      { orchestration: { flows: { main: {} } } },
      'flows.main.steps is missing; a list',
    ],
    [
      'a negative budget',
      { execution: { budget: { max_cost_usd: -1 } } },
      'max_cost_usd has to be at least 0',
    ],
    [
      'a time that nobody understands',
      { execution: { budget: { max_duration: 'soon' } } },
      'max_duration has to be a duration',
    ],
    [
      'another payload',
      { execution: { bindings: { a2a: { payload_format: '.json' } } } },
      'payload_format has to be ".jos"',
    ],
    ['a hash of another kind', { integrity: { hash: 'md5:0' } }, 'integrity.hash has to be "sha256:"'],
    [
      'a moment without a zone',
      { integrity: { timestamp: '2026-01-02T03:04:05' } },
      'integrity.timestamp has to be a moment',
    ],
    [
      'another tier',
      { security: { tier: 'root' } },
      'security.tier has to be "sandbox", "standard" or "privileged"',
    ],
    ['a colour by name', { ui: { color: 'red' } }, 'ui.color has to be a colour'],
    ['a metric without help', { metrics: [{ name: 'n', type: 'gauge' }] }, 'metrics[0].help is missing'],
    [
      'a heat beyond the scale',
      { model_policy: { temperature: 3 } },
      'model_policy.temperature has to be at most 2',
    ],
    ['an identifier of 0.0.7', { id_jos: 'x' }, 'id_jos is no key of this format'],
  ];

  plain.each(ODD)('is refused with %s', (_, changes, said) => {
    expect(problemsOf(artifactText(documentOne({ ...changes })))).toEqual([expect.stringContaining(said)]);
  });

  plain('takes no __proto__ for a key of its own', () => {
    const text = artifactText(documentOne()).replace('{', '{"__proto__": {"id": "x"},');
    expect(problemsOf(text)).toEqual(['1:2 __proto__ is no key of this format']);
  });

  plain.each(['[]', '"jos"', 'null', '1'])('is no %s', (text) => {
    expect(problemsOf(text)).toEqual(['1:1 the whole has to be an object']);
  });
});

describe('the generation of a file', () => {
  const GENERATIONS: [file: string, generation: string][] = [
    ['strict', '0.0.7-strict'],
    ['crlf', '0.0.7-strict'],
    ['draft', '0.0.7'],
    ['service', '1.0.0'],
    ['minimal', '1.0.0'],
  ];

  plain.each(GENERATIONS)('is seen: %s', async (name, generation) => {
    expect(await loadArtifact(fixture(`valid/${name}.jos`))).toMatchObject({ generation });
  });

  plain.each([
    ['strict', '1.0.0', 'jos.kind is missing'],
    ['strict', '0.0.7', 'orchestration_contract.mode has to be "strict", "reference" or "experimental"'],
    ['draft', '0.0.7-strict', 'adaptive_ai is missing'],
    ['service', '0.0.7-strict', 'files is missing'],
    ['minimal', '0.0.7', 'id_jos is missing; a text is due there'],
  ] as const)('is not another one: %s as %s', async (name, profile, said) => {
    const failure = await failing(fixture(`valid/${name}.jos`), profile);
    expect(failure.code).toBe('artifact-invalid');
    const problems = failure.details?.problems as { path: string; message: string }[];
    expect(problems.map(({ path, message }) => `${path} ${message}`).join('\n')).toContain(said);
  });

  plain('decides whether it can be kept running', async () => {
    for (const name of ['strict', 'service', 'minimal'])
      requireStartable(await loadArtifact(fixture(`valid/${name}.jos`)));
    const draft = await loadArtifact(fixture('valid/draft.jos'));
    expect(() => requireStartable(draft)).toThrow('draft is a draft of 0.0.7.');
    expect(draft.warnings[0]?.message).toBe(
      'is a draft of 0.0.7: it can be run, and not be started as a service',
    );
  });
});

describe('a file', () => {
  test('is read through a link, and is where it really is', async ({ world }) => {
    const file = await writeArtifact(world.path('work', 'deep', 'hello.jos'));
    await symlink(file, world.path('work', 'artifact.jos'));
    expect(await loadArtifact(world.path('work', 'artifact.jos'))).toMatchObject({ path: file });
  });

  test('that can not be read says why', async ({ world }) => {
    const at = (name: string) => world.path('work', name);
    await writeFile(at('latin.jos'), Buffer.from('{"a": "\xfc"}', 'latin1'));
    await writeFile(at('large.jos'), '');
    await truncate(at('large.jos'), MAX_BYTES + 1);
    await world.run('mkfifo', [at('pipe.jos')]);
    expect(await failing(at('missing.jos'))).toMatchObject({ code: 'artifact-missing' });
    expect(await failing(at('latin.jos'))).toMatchObject({
      code: 'artifact-unreadable',
      message: expect.stringContaining('UTF-8'),
    });
    expect(await failing(at('large.jos'))).toMatchObject({ code: 'artifact-too-large' });
    expect(await failing(at('pipe.jos'))).toMatchObject({
      code: 'artifact-unreadable',
      message: expect.stringContaining('no regular file'),
    });
    expect(await failing(world.path('work'))).toMatchObject({ code: 'artifact-unreadable' });
  });
});

import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { durationOf } from '#engines/core/duration.ts';
import type { Artifact, Definition } from '#engines/service/jos/artifact.ts';
import { definitionOf } from '#engines/service/jos/definition.ts';
import { inspect } from '#engines/service/jos/inspect.ts';
import { loadArtifact } from '#engines/service/jos/load.ts';
import { slugOf } from '#engines/service/jos/slug.ts';
import { artifactText, documentOne, strictArtifact } from '../../../rig/artifacts.ts';

const fixture = (name: string) =>
  loadArtifact(fileURLToPath(new URL(`./fixtures/valid/${name}.jos`, import.meta.url)));

const read = (data: Record<string, unknown>): Artifact => {
  const inspection = inspect({ path: '/tmp/hello.jos', text: artifactText(data), sha256: '' });
  if (inspection.kind === 'read' && inspection.artifact) return inspection.artifact;
  throw new Error(JSON.stringify(inspection, null, 2));
};

const warningsOf = (data: Record<string, unknown>) =>
  read(data).warnings.map(({ path, message }) => `${path} ${message}`);

describe('every generation says the same things in the same words', () => {
  test('0.0.7', async () => {
    const { text: _, sha256: __, path: ___, warnings, ...artifact } = await fixture('strict');
    expect(artifact).toEqual({
      generation: '0.0.7-strict',
      id: 'clock-1',
      name: 'Uhr über allem',
      slug: 'uhr-uber-allem',
      version: '1.0.0',
      description: 'A clock',
      kind: 'service',
      isService: true,
      objective: 'Tell the time',
      successCriteria: ['the time is told'],
      flows: new Map([
        ['nightly', { steps: ['fetch', 'call'], gates: new Map() }],
        ['main', { description: 'Ticks', steps: ['tick', 'again'], gates: new Map() }],
      ]),
      definitions: new Map<string, Definition>([
        ['tick', { type: 'shell', command: 'date', onFailure: 'continue' }],
        [
          'fetch',
          {
            type: 'http',
            url: 'http://127.0.0.1/',
            method: 'POST',
            body: '{}',
            headers: { accept: 'text/plain' },
          },
        ],
        ['call', { type: 'function', call: 'tock()' }],
        ['again', { type: 'jos', artifact: './tick.jos' }],
      ]),
      guardrails: { avoid: ['shutdown'], require: [], requireConfirmation: true, maxRetries: 3 },
      limits: { retries: 3, timeoutMs: 300_000 },
      health: { kind: 'url', url: 'http://127.0.0.1:8080/health' },
      capabilities: ['clock', 'a2a'],
      environment: new Map([['ZONE', 'UTC']]),
      files: ['./tick.jos'],
      security: { type: 'signed', permissions: ['fs:read'] },
      integrity: { kind: 'manifest', ref: './strict.jos.sig.json' },
      a2a: {},
    });
    expect(warnings.map(({ path }) => path)).toEqual(['x_run_params.timeout']);
  });

  test('1.0.0', async () => {
    const { text: _, sha256: __, path: ___, integrity, ...artifact } = await fixture('service');
    expect(artifact).toEqual({
      generation: '1.0.0',
      id: 'org.example.board',
      name: 'Board ü',
      slug: 'board-u',
      version: '2.0.0-rc.1',
      kind: 'service',
      isService: true,
      objective: 'Serve a board',
      successCriteria: ['it answers', 'it stays up'],
      flows: new Map([
        ['main', { description: 'Starts it', steps: ['serve'], gates: new Map() }],
        ['prepare', { steps: ['warm', 'check'], gates: new Map([['check', 'warm is done']]) }],
      ]),
      definitions: new Map<string, Definition>([
        ['serve', { type: 'shell', command: 'board --serve' }],
        ['warm', { type: 'http', url: 'http://127.0.0.1/warm', method: 'GET', headers: {} }],
        ['check', { type: 'jos', artifact: './check.jos' }],
      ]),
      guardrails: {
        avoid: ['rm -rf'],
        require: ['a port'],
        requireConfirmation: true,
        maxRetries: 2,
        timeoutMs: 90_000,
      },
      limits: { retries: 2, timeoutMs: 90_000, maxCostUsd: 1.5, maxTokens: 1_000 },
      health: { kind: 'path', path: '/healthz', intervalMs: 30_000 },
      ready: { kind: 'path', path: '/ready', intervalMs: 30_000 },
      capabilities: ['board.read', 'board.write'],
      environment: new Map(),
      files: [],
      security: { tier: 'standard', permissions: ['net:listen'] },
      a2a: { agentCard: 'https://example.org/card.json' },
      warnings: [],
    });
    expect(integrity).toMatchObject({ kind: 'hash', signedBy: 'example', timestamp: '2026-01-02T03:04:05Z' });
  });

  test('the draft of 0.0.7', async () => {
    expect(await fixture('draft')).toMatchObject({
      generation: '0.0.7',
      id: 'draft-1',
      name: 'draft',
      kind: 'atom',
      isService: false,
      limits: { retries: 2, timeoutMs: 10_000 },
      security: { type: 'authenticated' },
    });
  });
});

describe('what an artifact of 0.0.7 says loosely', () => {
  test.each([
    [{ timeout: 300 }, 300_000],
    [{ timeout: 5_000 }, 5_000],
    [{ timeout: 0 }, undefined],
    [{}, undefined],
  ])('a timeout without a unit is seconds where it is short: %j', (run, timeoutMs) => {
    expect(read(strictArtifact({ x_run_params: { retry_on_failure: false, ...run } })).limits.timeoutMs).toBe(
      timeoutMs,
    );
  });

  test('the guardrail is in milliseconds, and goes before', () => {
    const run = { x_run_params: { timeout: 300 }, guardrails: { timeout_ms: 250 } };
    expect(read(strictArtifact(run)).limits).toEqual({ retries: 0, timeoutMs: 250 });
    expect(warningsOf(strictArtifact(run))).toEqual([]);
  });

  test.each([
    [{ max_retries: 3 }, {}, 3],
    [{ max_retries: 3 }, { retry_on_failure: true }, 3],
    [{ max_retries: 3 }, { retry_on_failure: false }, 0],
    [{ avoid: [] }, { retry_on_failure: true }, 1],
    [{ avoid: [] }, {}, 0],
  ])('steps are tried again as both blocks together say: %j and %j', (guardrails, run, retries) => {
    const data = strictArtifact({ guardrails, x_run_params: { daemon_mode: false, ...run } });
    expect(read(data).limits.retries).toBe(retries);
  });

  test.each([
    ['its type', { meta: { type: 'service' } }],
    ['its mode', { orchestration_contract: { version: '0.0.7', mode: 'daemon' } }],
    ['how it is run', { x_run_params: { daemon_mode: true } }],
  ])('%s makes it a service', (_, changes) => {
    expect(read(strictArtifact(changes)).isService).toBe(true);
    expect(read(strictArtifact()).isService).toBe(false);
  });

  test.each([
    ['curl -f http://127.0.0.1/', { kind: 'command', command: 'curl -f http://127.0.0.1/' }],
    ['https://example.org/up', { kind: 'url', url: 'https://example.org/up' }],
    [
      { url: 'http://127.0.0.1/', interval: '5s' },
      { kind: 'url', url: 'http://127.0.0.1/', intervalMs: 5_000 },
    ],
    [{ command: 'true' }, { kind: 'command', command: 'true' }],
    [{}, undefined],
    [null, undefined],
  ])('health is an address or a command: %j', (health_check, probe) => {
    expect(read(strictArtifact({ security: { type: 'open', health_check } })).health).toEqual(probe);
  });

  test('a name that is missing is that of the file', () => {
    expect(read(strictArtifact({ meta: { type: 'atom' } }))).toMatchObject({ name: 'hello', slug: 'hello' });
  });
});

describe('what is odd is told, and keeps nobody from using the rest', () => {
  test('of 0.0.7', () => {
    const odd = strictArtifact({
      meta: { name: 'n', type: 'vision' },
      orchestration: {
        definitions: {
          think: { type: 'prompt' },
          run: { type: 'shell' },
          old: { type: 'shell', command_windows: 'dir' },
        },
        flows: { main: { description: 'nothing yet' }, all: { steps: ['think', 'nowhere'] } },
      },
      security: { health_check: { url: 'http://127.0.0.1/', interval: 'often' } },
    });
    expect(warningsOf(odd)).toEqual([
      'security.health_check.interval is no duration such as "30s", and ignored',
      'orchestration.definitions.think can not be run: there are no steps of the type "prompt"',
      'orchestration.definitions.run can not be run: it has no command',
      'orchestration.definitions.old can not be run: it has no command for this system',
      'orchestration.flows.main has no steps',
      'orchestration.flows.all.steps[1] names "nowhere", which is not defined',
      'meta.type is "vision", which is taken for "atom"',
    ]);
    expect(read(odd).definitions.get('think')).toEqual({
      type: 'unsupported',
      declared: 'prompt',
      reason: 'there are no steps of the type "prompt"',
    });
  });

  test('of 1.0.0', () => {
    const odd = documentOne({
      jos: { version: '1.4.0', kind: 'service' },
      orchestration: { definitions: { call: { type: 'http' }, sub: { type: 'jos' } }, flows: {} },
      lifecycle: { health_path: '/up', interval: 'often' },
    });
    expect(warningsOf(odd)).toEqual([
      'jos.version is 1.4.0; it is read as 1.0.0',
      'orchestration.definitions.call can not be run: it names no url',
      'orchestration.definitions.sub can not be run: it names no artifact',
      'lifecycle.interval is no duration such as "30s", and ignored',
    ]);
    expect(read(odd).health).toEqual({ kind: 'path', path: '/up' });
  });
});

test('a flow that is a mere list of artifacts is the flow main', () => {
  const { flows, definitions } = read(
    documentOne({
      orchestration: {},
      execution: { flow: [{ invoke: 'org.example.a' }, { invoke: 'org.example.b' }] },
    }),
  );
  expect(flows.get('main')?.steps).toEqual(['invoke org.example.a', 'invoke org.example.b']);
  expect(definitions.get('invoke org.example.b')).toEqual({ type: 'jos', artifact: 'org.example.b' });
});

test('names that objects inherit are no flows', () => {
  const { flows, definitions } = read(documentOne());
  for (const name of ['constructor', '__proto__', 'toString']) {
    expect([flows.get(name), definitions.get(name)]).toEqual([undefined, undefined]);
  }
});

test.each([
  ['linux', 'unix'],
  ['darwin', 'macos'],
  ['win32', 'windows'],
] as const)('the command for the system goes before the one for all: %s', (platform, suffix) => {
  const declared = { type: 'shell', command: 'all', [`command_${suffix}`]: 'here', command_plan9: 'there' };
  expect(definitionOf(declared, platform)).toMatchObject({ command: 'here' });
  expect(definitionOf({ type: 'shell', command: 'all' }, platform)).toMatchObject({ command: 'all' });
});

test.each([
  ['500ms', 500],
  ['30s', 30_000],
  ['1h30m', 5_400_000],
  ['1.5s', 1_500],
  ['2d', 172_800_000],
  ['', undefined],
  ['30', undefined],
  ['s', undefined],
  ['1 m', undefined],
  ['-1s', undefined],
])('a duration: %j', (text, milliseconds) => {
  expect(durationOf(text)).toBe(milliseconds);
});

test.each([
  ['Hello there', 'hello-there'],
  ['  Ünïted  ', 'united'],
  ['../../etc/passwd', 'etc-passwd'],
  ['.hidden', 'hidden'],
  ['a.b_c-d', 'a.b_c-d'],
  ['漢字', 'artifact'],
  ['', 'artifact'],
  ['x'.repeat(200), 'x'.repeat(64)],
])('a name as directories have it: %j', (name, slug) => {
  expect(slugOf(name)).toBe(slug);
});

import { describe, expect, test } from 'vitest';
import { failureOf } from '#engines/core/errors.ts';
import type { Artifact } from '#engines/service/jos/artifact.ts';
import { requireFlow, serviceFlow } from '#engines/service/jos/flow.ts';
import { inspect } from '#engines/service/jos/inspect.ts';
import { requireArtifact } from '#engines/service/jos/load.ts';
import { artifactText, documentOne, strictArtifact } from '../../../rig/artifacts.ts';

const read = (data: Record<string, unknown>): Artifact =>
  requireArtifact(inspect({ path: '/srv/hello.jos', text: artifactText(data), sha256: '' }));

const refusal = (artifact: Artifact, flow?: string) => {
  try {
    requireFlow(artifact, flow);
  } catch (thrown) {
    return failureOf(thrown);
  }
  throw new Error(`${flow} can be run.`);
};

describe('a flow', () => {
  test('is its steps in order, as often as they are named, with their conditions', () => {
    const orchestration = {
      definitions: { a: { type: 'shell', command: 'true' }, b: { type: 'jos', artifact: './b.jos' } },
      flows: { main: { steps: ['b', 'a', 'b'], gates: { a: 'b went well' } } },
    };
    expect(requireFlow(read(documentOne({ orchestration })))).toEqual([
      { name: 'b', definition: { type: 'jos', artifact: './b.jos' } },
      { name: 'a', definition: { type: 'shell', command: 'true' }, gate: 'b went well' },
      { name: 'b', definition: { type: 'jos', artifact: './b.jos' } },
    ]);
  });

  test('that is not there is told with those that are', () => {
    expect(refusal(read(strictArtifact()), 'mian')).toMatchObject({
      code: 'flow-unknown',
      message: 'Hello there has no flow mian. It has main. Did you mean main?',
    });
    expect(refusal(read(documentOne({ orchestration: {} })))).toMatchObject({
      message: 'Hello there has no flow main. It has none.',
    });
    expect(refusal(read(strictArtifact()), 'constructor').code).toBe('flow-unknown');
  });

  test('is refused as a whole, with every step that stands in its way', () => {
    const orchestration = {
      definitions: { greet: { type: 'shell', command: 'true' }, think: { type: 'prompt' } },
      flows: { main: { steps: ['greet', 'think', 'nowhere'] }, greet: { steps: ['greet'] } },
    };
    const artifact = read(strictArtifact({ orchestration }));
    expect(refusal(artifact)).toMatchObject({
      code: 'flow-unrunnable',
      exit: 'failed',
      details: { steps: ['think: there are no steps of the type "prompt"', 'nowhere: it is not defined'] },
    });
    expect(requireFlow(artifact, 'greet')).toHaveLength(1);
  });
});

test('a service is kept up by its flow start, and by main where it has none', () => {
  const steps = { steps: ['greet'] };
  expect(serviceFlow(read(strictArtifact()))).toBe('main');
  expect(serviceFlow(read(documentOne({ orchestration: { flows: { main: steps, start: steps } } })))).toBe(
    'start',
  );
});

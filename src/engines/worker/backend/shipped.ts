import * as z from 'zod/mini';
import { type Backend, backendOf, templateSchema } from './template.ts';

type Given = z.input<typeof templateSchema> & { others?: string[][] };

/** The worker for one GPU names it in the environment, so that its program sees no other. */
const ONE_GPU = { CUDA_VISIBLE_DEVICES: '{gpu}' };

const CANDLED = ['--worker-id', '{id}', '--model', '{model}'];
const CALLBACK = ['--port', '{port}', '--callback-url', '{callback}'];

/** The one binary of the first generation; each backend has one of its own in the later ones. */
const LEGACY = ['llorch-candled', ...CANDLED, '--gpu', '{gpu}', ...CALLBACK];

/** llama-orch's workers: they tell that they are ready, or end, before they listen on every address of the machine. */
const candled = { dialect: 'candled', stop_signal: 'SIGINT', others: [LEGACY] } satisfies Partial<Given>;

const SHIPPED: Record<string, Given> = {
  cpu: { ...candled, command: ['llorch-cpu-candled', ...CANDLED, ...CALLBACK] },
  cuda: {
    ...candled,
    command: ['llorch-cuda-candled', ...CANDLED, ...CALLBACK, '--cuda-device', '{gpu}'],
    memory: 'vram',
  },
  metal: {
    ...candled,
    command: ['llorch-metal-candled', ...CANDLED, ...CALLBACK, '--metal-device', '{gpu}'],
  },
  'llama-server': {
    command: [
      'llama-server',
      '--model',
      '{model}',
      '--alias',
      '{id}',
      '--host',
      '{bind}',
      '--port',
      '{port}',
    ],
    env: ONE_GPU,
    dialect: 'openai',
  },
  ollama: {
    command: ['ollama', 'serve'],
    env: { ...ONE_GPU, OLLAMA_HOST: '{bind}:{port}' },
    model: 'name',
    health: '/api/version',
    dialect: 'ollama',
  },
  vllm: {
    command: ['vllm', 'serve', '{model}', '--host', '{bind}', '--port', '{port}'],
    env: ONE_GPU,
    model: 'either',
    memory: 'vram',
    dialect: 'openai',
    start_within: '30m',
  },
};

/** Stands for any program: what it runs is said when it is spawned. */
export const ANY_COMMAND = 'command';

export function shippedBackends(): Backend[] {
  const named = Object.entries(SHIPPED).map(([name, { others, ...given }]) =>
    backendOf(z.parse(templateSchema, given), { name, origin: 'shipped', others }),
  );
  const any = z.parse(templateSchema, { command: [ANY_COMMAND], model: 'either', health: 'tcp' });
  return [...named, { ...backendOf(any, { name: ANY_COMMAND, origin: 'shipped' }), commands: [] }];
}

import * as z from 'zod/mini';
import { type Operation, operation } from '#engines/core/operation.ts';

const pullArgs = z.object({ address: z.string(), model: z.string() });

export const bundleOllamaPull: Operation<typeof pullArgs> = operation({
  id: 'bundle.ollama.pull',
  args: pullArgs,
  effect: 'write',
  describe: ({ address, model }) => ({
    summary: `have Ollama at ${new URL(address).host} pull ${model}`,
    commands: [['ollama', 'pull', model]],
  }),
  check: async () => (await import('./ollama/apply.ts')).checkPull,
  apply: async () => (await import('./ollama/apply.ts')).applyPull,
  // What has come stays, as that of a download does.
  invert: () => [],
});

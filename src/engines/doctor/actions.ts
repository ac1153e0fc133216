import * as z from 'zod/mini';
import { query } from '#engines/core/action.ts';
import { toolSchema } from './types.ts';

export const doctorToolchain = query({
  id: 'doctor.toolchain',
  summary: 'Show the versions of the Rust toolchain that holds here',
  needsWorkspace: false,
  input: z.object({}),
  output: z.object({ tools: z.array(toolSchema) }),
  examples: [{ title: 'See which compiler would build here', input: {} }],
  read: async () => (await import('./toolchain.ts')).readToolchain,
});

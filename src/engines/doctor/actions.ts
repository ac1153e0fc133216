import * as z from 'zod/mini';
import { query } from '#engines/core/action.ts';
import { checkSchema, toolSchema } from './types.ts';

export const doctorToolchain = query({
  id: 'doctor.toolchain',
  summary: 'Show the versions of the Rust toolchain that holds here',
  needsWorkspace: false,
  input: z.object({}),
  output: z.object({ tools: z.array(toolSchema) }),
  examples: [{ title: 'See which compiler would build here', input: {} }],
  read: async () => (await import('./toolchain.ts')).readToolchain,
});

export const doctorDaemon = query({
  id: 'doctor.daemon',
  summary: 'Check what the daemon needs, and whether it outlives a logout, a crash and a reboot',
  needsWorkspace: false,
  input: z.object({}),
  output: z.object({ checks: z.array(checkSchema) }),
  examples: [{ title: 'See what stands in the way of a daemon that is always there', input: {} }],
  read: async () => (await import('./daemon.ts')).readDaemon,
});

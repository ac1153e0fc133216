import { fact } from '#engines/core/fact.ts';

/** `none`, or the identity of the serving process: its pid with its start time. */
export const daemonInstance = fact({
  id: 'daemon.instance',
  label: () => 'the serving daemon',
  read: async () => (await import('./instance.ts')).readInstance,
});

import { fact } from '#engines/core/fact.ts';

/** `none`, or the identity of the serving process: its pid with its start time. */
export const daemonInstance = fact({
  id: 'daemon.instance',
  label: () => 'the serving daemon',
  read: async () => (await import('./instance.ts')).readInstance,
});

/** `none`, `older` (this program takes its place) or `current`. */
export const daemonServing = fact({
  id: 'daemon.serving',
  label: () => 'the daemon that serves',
  read: async () => (await import('./plan-start.ts')).readServing,
});

/** `absent`, or the SHA-256 of the text of the daemon's unit. */
export const daemonUnitFile = fact<{ file: string }>({
  id: 'daemon.unit.file',
  label: ({ file }) => `the text of ${file}`,
  read: async () => (await import('./unit/file.ts')).readUnitFile,
});

/** `enabled` or `disabled`. */
export const daemonUnitEnabled = fact({
  id: 'daemon.unit.enabled',
  label: () => "the daemon's unit",
  read: async () => (await import('./unit/apply-enable.ts')).readEnabled,
});

import * as z from 'zod/mini';
import { expect } from '#engines/core/fact.ts';
import { call, type Operation, operation } from '#engines/core/operation.ts';
import { shellArgv } from '#engines/core/shell.ts';
import { gitExists, gitTrashed } from '#engines/git/facts.ts';
import { workspaceRisk } from './facts.ts';
import { namesIn } from './names.ts';

/** Null stands for no file. */
const manifestArgs = z.object({
  file: z.string(),
  before: z.nullable(z.string()),
  text: z.nullable(z.string()),
  purpose: z.string(),
});

export const workspaceManifestWrite: Operation<typeof manifestArgs> = operation({
  id: 'workspace.manifest.write',
  args: manifestArgs,
  effect: 'write',
  describe: ({ file, purpose }) => ({ summary: `${purpose} in ${file}`, commands: [] }),
  check: async () => (await import('./write.ts')).checkWrite,
  apply: async () => (await import('./write.ts')).applyWrite,
  invert: ({ file, before, text, purpose }) => [
    call(workspaceManifestWrite, { file, before: text, text: before, purpose: opposite(purpose) }),
  ],
});

const entriesArgs = z.object({
  file: z.string(),
  entries: z.array(z.catchall(z.object({ name: z.string() }), z.string())),
});

/** Whatever else is in the manifest by then stays: edits that do not contradict each other come in any order. */
export const workspaceManifestAdd: Operation<typeof entriesArgs> = operation({
  id: 'workspace.manifest.add',
  args: entriesArgs,
  effect: 'write',
  describe: ({ file, entries }) => ({ summary: `add ${namesIn(entries)} in ${file}`, commands: [] }),
  check: async () => (await import('./entries.ts')).checkAdd,
  apply: async () => (await import('./entries.ts')).applyAdd,
  invert: (args) => [call(workspaceManifestDrop, args)],
});

export const workspaceManifestDrop: Operation<typeof entriesArgs> = operation({
  id: 'workspace.manifest.drop',
  args: entriesArgs,
  effect: 'write',
  describe: ({ file, entries }) => ({ summary: `take ${namesIn(entries)} off ${file}`, commands: [] }),
  check: async () => (await import('./entries.ts')).checkDrop,
  apply: async () => (await import('./entries.ts')).applyDrop,
  invert: (args) => [call(workspaceManifestAdd, args)],
});

/** Null stands for no trust. */
const trustArgs = z.object({
  root: z.string(),
  before: z.nullable(z.array(z.string())),
  commands: z.nullable(z.array(z.string())),
});

export const workspaceTrustSet: Operation<typeof trustArgs> = operation({
  id: 'workspace.trust.set',
  args: trustArgs,
  effect: 'write',
  describe: ({ root, commands }) => ({
    summary: commands
      ? `trust the commands of ${root}: ${commands.join('; ')}`
      : `trust no command of ${root}`,
    commands: [],
  }),
  check: async () => (await import('./trust-set.ts')).checkTrust,
  apply: async () => (await import('./trust-set.ts')).applyTrust,
  invert: ({ root, before, commands }) => [
    call(workspaceTrustSet, { root, before: commands, commands: before }),
  ],
});

const trashArgs = z.object({ path: z.string() });
/** Where the files are meanwhile. */
const trashedSchema = z.object({ trash: z.string() });

export const workspaceTrash: Operation<typeof trashArgs> = operation({
  id: 'workspace.trash',
  args: trashArgs,
  effect: 'destructive',
  describe: ({ path }) => ({ summary: `remove the files of ${path}; undo brings them back`, commands: [] }),
  check: async () => (await import('./trash.ts')).checkTrash,
  apply: async () => (await import('./trash.ts')).applyTrash,
  // To another file system it goes as a copy, which is whole before the first file is deleted.
  midway: () => ({ [workspaceRisk.id]: 'any', [gitExists.id]: 'any' }),
  invert: ({ path }, result) => [call(workspaceRestore, { path, ...z.parse(trashedSchema, result) })],
});

const restoreArgs = z.object({ path: z.string(), trash: z.string() });

export const workspaceRestore: Operation<typeof restoreArgs> = operation({
  id: 'workspace.restore',
  args: restoreArgs,
  effect: 'write',
  describe: ({ path }) => ({ summary: `bring back the files of ${path}`, commands: [] }),
  check: async () => (await import('./trash.ts')).checkRestore,
  apply: async () => (await import('./trash.ts')).applyRestore,
  needs: ({ trash }) => [expect(gitTrashed, { trash }, 'kept')],
  invert: ({ path }) => [call(workspaceTrash, { path })],
});

/** Ids of the activities whose removed files go. */
const trashDeleteArgs = z.object({ activities: z.array(z.string().check(z.regex(/^\d+$/))) });

export const workspaceTrashDelete: Operation<typeof trashDeleteArgs> = operation({
  id: 'workspace.trash.delete',
  args: trashDeleteArgs,
  effect: 'destructive',
  describe: ({ activities }) => ({
    summary: `delete the removed files of ${activities.length === 1 ? 'activity' : 'activities'} ${activities.join(', ')}`,
    commands: [],
  }),
  check: async () => (await import('./trash-delete.ts')).checkTrashDelete,
  apply: async () => (await import('./trash-delete.ts')).applyTrashDelete,
});

const setupArgs = z.object({ command: z.string() });

export const workspaceSetup: Operation<typeof setupArgs> = operation({
  id: 'workspace.setup',
  args: setupArgs,
  effect: 'write',
  describe: ({ command }, { name }) => ({ summary: `set up ${name}`, commands: [shellArgv(command)] }),
  check: async () => (await import('./setup.ts')).checkSetup,
  apply: async () => (await import('./setup.ts')).applySetup,
});

const execArgs = z.object({ command: z.array(z.string()) });

export const workspaceExec: Operation<typeof execArgs> = operation({
  id: 'workspace.exec',
  args: execArgs,
  effect: 'write',
  describe: ({ command }, { name }) => ({ summary: `run ${command[0]} in ${name}`, commands: [command] }),
  check: async () => (await import('./exec.ts')).checkExec,
  apply: async () => (await import('./exec.ts')).applyExec,
});

const demoArgs = z.object({ root: z.string(), state: z.string() });
/** Every directory that was made. */
const madeSchema = z.object({ paths: z.array(z.string()) });

export const workspaceDemo: Operation<typeof demoArgs> = operation({
  id: 'workspace.demo',
  args: demoArgs,
  effect: 'write',
  describe: ({ state }, { name }) => ({
    summary: `make ${name}, ${state}, with a remote of its own`,
    commands: [],
  }),
  check: async () => (await import('./demo/apply.ts')).checkDemo,
  apply: async () => (await import('./demo/apply.ts')).applyDemo,
  midway: () => ({ [gitExists.id]: 'any' }),
  invert: (_, result) => z.parse(madeSchema, result).paths.map((path) => call(workspaceTrash, { path })),
});

function opposite(purpose: string): string {
  const back = 'take back: ';
  return purpose.startsWith(back) ? purpose.slice(back.length) : `${back}${purpose}`;
}

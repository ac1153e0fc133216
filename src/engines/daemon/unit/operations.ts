import * as z from 'zod/mini';
import { call, type Operation, operation } from '#engines/core/operation.ts';
import { lingerSet } from './linger.ts';
import { managerOf } from './manager.ts';

const manager = z.enum(['systemd', 'launchd']);

/** Null stands for no file. */
const fileText = z.nullable(z.string());

const writeArgs = z.object({ manager, file: z.string(), before: fileText, text: fileText });

export const daemonUnitWrite: Operation<typeof writeArgs> = operation({
  id: 'daemon.unit.write',
  args: writeArgs,
  effect: 'write',
  describe: ({ manager, file, text }) => ({
    summary: text === null ? `remove ${file}` : `write ${file}: ${onOneLine(text)}`,
    commands: managerOf(manager).reload(),
  }),
  check: async () => (await import('./apply-write.ts')).checkWrite,
  apply: async () => (await import('./apply-write.ts')).applyWrite,
  invert: ({ manager, file, before, text }) => [
    call(daemonUnitWrite, { manager, file, before: text, text: before }),
  ],
});

const enableArgs = z.object({ manager, file: z.string(), enabled: z.boolean() });

export const daemonUnitEnable: Operation<typeof enableArgs> = operation({
  id: 'daemon.unit.enable',
  args: enableArgs,
  effect: 'write',
  describe: ({ manager, file, enabled }) => ({
    summary: enabled
      ? 'have the daemon started at login, and again after a crash'
      : 'no longer have the daemon started at login',
    commands: [enabled ? managerOf(manager).enable(file) : managerOf(manager).disable()],
  }),
  check: async () => (await import('./apply-enable.ts')).checkEnable,
  apply: async () => (await import('./apply-enable.ts')).applyEnable,
  invert: ({ manager, file, enabled }) => [call(daemonUnitEnable, { manager, file, enabled: !enabled })],
});

const lingerArgs = z.object({ on: z.boolean() });

export const daemonLinger: Operation<typeof lingerArgs> = operation({
  id: 'daemon.linger',
  args: lingerArgs,
  effect: 'write',
  describe: ({ on }) => ({
    summary: on
      ? 'let your services run from boot on, and on when you log out'
      : 'let your services run only while you are logged in',
    commands: [lingerSet(on)],
  }),
  check: async () => (await import('./apply-linger.ts')).checkLinger,
  apply: async () => (await import('./apply-linger.ts')).applyLinger,
  invert: ({ on }) => [call(daemonLinger, { on: !on })],
});

function onOneLine(text: string): string {
  return text.trim().replaceAll(/\s*\n\s*/g, ' ');
}

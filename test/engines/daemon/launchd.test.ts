import { describe, expect, test } from 'vitest';
import { failureOf } from '#engines/core/errors.ts';
import { launchd } from '#engines/daemon/unit/launchd.ts';

const PROGRAM = '/opt/R&D <1>/gantry';

const failureIn = (work: () => unknown) => {
  try {
    return work();
  } catch (thrown) {
    return failureOf(thrown);
  }
};

describe('the agent of launchd', () => {
  const text = launchd.text({ program: PROGRAM, env: { PATH: '/usr/bin:/bin' } });
  const behind = (key: string) => new RegExp(`<key>${key}</key>\\s*(<.*>)\\n`).exec(text)?.[1];

  test('is started at login and after a crash, and its end ends nothing that it started', () => {
    expect(behind('RunAtLoad')).toBe('<true/>');
    expect(behind('SuccessfulExit')).toBe('<false/>');
    expect(behind('AbandonProcessGroup')).toBe('<true/>');
    expect(behind('PATH')).toBe('<string>/usr/bin:/bin</string>');
  });

  test('names a launcher with signs of XML in its path, and knows it again', () => {
    expect(text).toContain('<string>/opt/R&amp;D &lt;1&gt;/gantry</string>');
    expect(launchd.programIn(text)).toBe(PROGRAM);
  });

  test('is not made for a path of two lines', () => {
    const two = () => launchd.text({ program: '/opt/a\nb/gantry', env: {} });
    expect(failureIn(two)).toMatchObject({ code: 'unit-path-unsafe' });
  });

  test('is told of by what is printed of it', () => {
    const printed = (pid: string) =>
      `gui/501/gantry.daemon = {\n\tactive count = 1\n${pid}\tstate = running\n}\n`;
    expect(launchd.shown(printed('\tpid = 42\n'))).toEqual({ enabled: true, pid: 42, killMode: null });
    expect(launchd.shown(printed(''))).toEqual({ enabled: true, pid: null, killMode: null });
  });
});

import { describe, expect } from 'vitest';
import { PANES } from '#panes/index.ts';
import type { World } from '../rig/home.ts';
import { putOnPath } from '../rig/program.ts';
import { test as base } from '../rig/test.ts';
import { createWorkspace } from '../rig/workspace.ts';
import { type Server, sshdPath, startSshd } from './sshd.ts';

const program = sshdPath();
if (!program) console.log('Skipped: there is no sshd on this machine. Install openssh-server to run these.');

/** In CI what these need is installed, and a skip would hide that it is not. */
const test = base.skipIf(!program && !process.env.CI);

const serverIn = async (world: World): Promise<Server> => {
  if (!program) throw new Error('There is no sshd on this machine.');
  await putOnPath(world);
  return startSshd(world, program);
};

describe('over ssh without a terminal', () => {
  test('--headless prints a snapshot of every pane, in plain text', async ({ world }) => {
    await createWorkspace(world, { api: 'dirty', web: 'behind' });
    await world.gantry(['workspace', 'sync']);
    const { ssh } = await serverIn(world);
    const { code, stdout, stderr } = await ssh(`cd '${world.path('work')}' && gantry --headless`);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const always = PANES.filter(({ isCalled }) => !isCalled);
    for (const { title } of always) expect(stdout).toMatch(new RegExp(`^${title}$`, 'm'));
    expect(stdout).toMatch(/^api +.*main/m);
    expect(stdout).toMatch(/^web +.*main/m);
    expect(stdout).toMatch(/^1 +workspace\.sync +done/m);
    expect(stdout).not.toMatch(/\x1b/);
  });

  test('an action prints its document, and its exit code comes through', async ({ world }) => {
    await createWorkspace(world, { api: 'dirty' });
    const { ssh } = await serverIn(world);
    const at = `--workspace '${world.path('work')}'`;
    const status = await ssh(`gantry repo status --json ${at}`);
    expect(status).toMatchObject({ code: 0, stderr: '' });
    expect(status.json().data).toMatchObject({ repos: [{ name: 'api', branch: 'main', changed: 1 }] });

    const waiting = await ssh(`gantry repo reset api --json ${at}`);
    expect(waiting.code).toBe(9);
    expect(waiting.json()).toMatchObject({ ok: false, plan: { needsApproval: true } });
    expect((await ssh(`gantry workspace remove nothing ${at}`)).code).toBe(2);
  });

  test('no command and no terminal is help, and neither waits for anything', async ({ world }) => {
    const { ssh } = await serverIn(world);
    const { code, stdout } = await ssh('gantry');
    expect(code).toBe(0);
    expect(stdout).toContain('Usage');
    expect(stdout).not.toMatch(/\x1b/);
  });
});

describe('over ssh with a terminal', () => {
  test('--headless is as plain as without one', async ({ world }) => {
    await createWorkspace(world, { api: 'diverged' });
    const { ssh } = await serverIn(world);
    const { code, stdout } = await ssh(`cd '${world.path('work')}' && gantry --headless`, { terminal: true });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^api +/m);
    expect(stdout).not.toMatch(/\x1b/);
  });
});

import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import type { Answer, Question } from '#engines/core/question.ts';
import { createRemote, type Repo } from '../../../rig/git.ts';
import type { World } from '../../../rig/home.ts';
import { test } from '../../../rig/test.ts';
import { caller, reach } from '../client.ts';

const SECRET = 'p4ss \'word" $(touch owned)';

/** Serves a bare repository over plain HTTP to whoever knows the password, and keeps what credentials came. */
async function serveBehindPassword(world: World, remote: Repo) {
  await remote.git('update-server-info');
  const credentials: (string | undefined)[] = [];
  const server = createServer(({ headers: { authorization }, url = '' }, response) => {
    const given = authorization && Buffer.from(authorization.replace('Basic ', ''), 'base64').toString();
    credentials.push(given);
    if (given !== `ada:${SECRET}`) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="remote"' }).end();
      return;
    }
    try {
      response.end(readFileSync(join(remote.dir, new URL(url, 'http://host').pathname)));
    } catch {
      response.writeHead(404).end();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  world.defer(() => server.close());
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, credentials };
}

function person(...answers: Answer[]) {
  const questions: Question[] = [];
  const ask = async (question: Question): Promise<Answer> => {
    questions.push(question);
    return answers.shift() ?? { kind: 'needs-input' };
  };
  return { questions, ask };
}

const text = (value: string): Answer => ({ kind: 'text', value });

describe('given a remote that wants a password', () => {
  test('when git runs in the daemon, then the person who called is asked and git gets the answers', async ({
    world,
  }) => {
    const remote = await createRemote(world, world.path('remote.git'));
    const { url, credentials } = await serveBehindPassword(world, remote);
    const { questions, ask } = person(text('ada'), text(SECRET));
    const host = await reach(world);

    const outcome = await host.invoke(
      { action: 'program.run', input: { file: 'git', args: `ls-remote ${url}` } },
      caller(world, { ask }),
    );

    expect(outcome).toMatchObject({ data: { ok: true, stdout: expect.stringMatching(/refs\/heads\/main/) } });
    expect(questions).toEqual([
      { kind: 'credential', prompt: `Username for '${url}': `, secret: false },
      { kind: 'credential', prompt: `Password for '${url.replace('//', '//ada@')}': `, secret: true },
    ]);
    expect(credentials).toContain(`ada:${SECRET}`);
    expect(filesHolding(world, SECRET)).toEqual([]);
  });

  test('when nobody is there to answer, then git fails and never waits', async ({ world }) => {
    const { url, credentials } = await serveBehindPassword(
      world,
      await createRemote(world, world.path('remote.git')),
    );
    const host = await reach(world);

    const outcome = await host.invoke(
      { action: 'program.run', input: { file: 'git', args: `ls-remote ${url}` } },
      caller(world),
    );

    expect(outcome).toMatchObject({
      data: {
        ok: false,
        stdout: expect.stringMatching(/could not read Username.*terminal prompts disabled/),
      },
    });
    expect(credentials.filter(Boolean)).toEqual([]);
  });

  test('when the call is over, then its token opens nothing', async ({ world }) => {
    const { url } = await serveBehindPassword(world, await createRemote(world, world.path('remote.git')));
    const { ask, questions } = person();
    const host = await reach(world);
    const shown = await host.invoke({ action: 'env.show', input: {} }, caller(world, { ask }));
    const env = (shown as { data: Record<string, string> }).data;
    expect(Object.keys(env)).toContain('GANTRY_ASKPASS_TOKEN');

    const { code } = await world.run('git', ['ls-remote', url], { env });

    expect(code).toBe(128);
    expect(questions).toEqual([]);
  });
});

const sshKeygen = ['/usr/bin/ssh-keygen', '/usr/local/bin/ssh-keygen'].find((file) => existsSync(file));

test.skipIf(!sshKeygen)(
  'given a key with a passphrase, when ssh wants it, then the person is asked',
  async ({ world }) => {
    const key = world.path('id_ed25519');
    const file = sshKeygen as string;
    const made = await world.run(file, ['-q', '-t', 'ed25519', '-N', SECRET, '-C', 'ada', '-f', key]);
    expect(made).toMatchObject({ code: 0 });
    const { questions, ask } = person(text(SECRET));
    const host = await reach(world);

    const input = { file, args: `-y -f ${key}` };
    const outcome = await host.invoke({ action: 'program.run', input }, caller(world, { ask }));

    expect(outcome).toMatchObject({
      data: { ok: true, stdout: expect.stringMatching(/^ssh-ed25519 \S+ ada\n$/) },
    });
    expect(questions).toMatchObject([
      { kind: 'credential', prompt: expect.stringMatching(/passphrase/i), secret: true },
    ]);
  },
);

test('given a daemon, then its askpass socket and script are for this user alone', async ({ world }) => {
  await reach(world);

  const socket = readdirSync(world.path('run', 'gantry')).find((name) => name.startsWith('askpass.'));
  expect(statSync(world.path('run', 'gantry', socket ?? '')).mode & 0o777).toBe(0o600);
  expect(statSync(join(world.env.XDG_STATE_HOME ?? '', 'gantry', 'askpass')).mode & 0o777).toBe(0o700);
});

/** Regular files of the world that hold the text. */
function filesHolding(world: World, text: string): string[] {
  return readdirSync(world.dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((file) => readFileSync(file, 'utf8').includes(text));
}

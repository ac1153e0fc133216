import { request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { type Answering, type Listening, serveHttp } from '#app/http/serve.ts';

let listening: Listening | undefined;
const failures: unknown[] = [];

afterEach(async () => {
  await listening?.close();
  listening = undefined;
});

const echo: Answering = { fetch: async (request) => new Response(await request.text()) };

async function served(app = echo, largestBody?: number): Promise<Listening> {
  listening = await serveHttp(app, { port: 0, largestBody, failed: (thrown) => failures.push(thrown) });
  return listening;
}

/** A request with headers that `fetch` would not send; what it was answered with. */
function sent(headers: Record<string, string>, { port }: Listening): Promise<number | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
  request({ host: '127.0.0.1', port, headers }, (response) => {
    response.resume();
    resolve(response.statusCode);
  })
    .on('error', reject)
    .end();
  return promise;
}

test('a request to the loopback is answered', async () => {
  const { url, port } = await served();
  const answer = await fetch(url, { method: 'POST', body: 'hello' });
  expect([answer.status, await answer.text()]).toEqual([200, 'hello']);
  expect(url).toBe(`http://127.0.0.1:${port}`);
});

test.each(['localhost', '127.0.0.1', '[::1]', 'LOCALHOST:80'])('it goes by %s', async (host) => {
  expect(await sent({ host }, await served())).toBe(200);
});

test.each([
  'gantry.example',
  'localhost.gantry.example',
  '127.0.0.1.gantry.example',
  'localhost@gantry.example',
  '192.168.0.4',
  'local host',
])('a name that somebody had point here is refused: %s', async (host) => {
  expect(await sent({ host }, await served())).toBeOneOf([400, 403]);
});

test('a page of this machine may ask, and no other', async () => {
  const to = await served();
  const answers = ['http://localhost:3000', 'http://gantry.example', 'null', 'file://', 'nonsense'];
  expect(await Promise.all(answers.map((origin) => sent({ origin }, to)))).toEqual([200, 403, 403, 403, 403]);
});

test('a body that is too large is answered so, whether or not it says its length', async () => {
  const { url } = await served(echo, 10);
  const whole = await fetch(url, { method: 'POST', body: 'x'.repeat(11) });
  const { body } = new Response('x'.repeat(11));
  const inParts = await fetch(url, { method: 'POST', body, duplex: 'half' } as RequestInit);
  expect([whole.status, inParts.status]).toEqual([413, 413]);
  expect(await whole.json()).toMatchObject({ error: { code: 'body-too-large' } });
  expect((await fetch(url, { method: 'POST', body: 'x'.repeat(10) })).status).toBe(200);
});

test.each(['POST', 'PUT', 'PATCH', 'DELETE'])(
  'a %s is answered, whether or not it says its length',
  async (method) => {
    const { url } = await served();
    const { body } = new Response('in parts');
    const whole: RequestInit = { method, body: 'whole' };
    const inParts = { method, body, duplex: 'half' } as RequestInit;
    const answers = [await fetch(url, whole), await fetch(url, inParts), await fetch(url, { method })];
    expect(await Promise.all(answers.map((answer) => answer.text()))).toEqual(['whole', 'in parts', '']);
  },
);

test('headers that are too large are answered with 431', async () => {
  expect(await sent({ padding: 'x'.repeat(20_000) }, await served())).toBe(431);
});

test('the port is free again at once, and what is being answered is answered', async () => {
  const asked = Promise.withResolvers<void>();
  const going = Promise.withResolvers<void>();
  const { url, port, close } = await served({
    fetch: async () => {
      asked.resolve();
      await going.promise;
      return new Response('late');
    },
  });
  const answer = fetch(url);
  await asked.promise;
  const closed = close();
  const next = await serveHttp(echo, { port, failed: () => {} });
  going.resolve();
  expect(await (await answer).text()).toBe('late');
  await Promise.all([closed, next.close()]);
});

test('a port that is taken is said by its code', async () => {
  const { port } = await served();
  await expect(serveHttp(echo, { port, failed: () => {} })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test('what answers badly fails its own request alone', async () => {
  const { url } = await served({
    fetch: () => {
      throw new Error('secret particulars');
    },
  });
  const answer = await fetch(url);
  expect([answer.status, (await answer.text()).includes('secret')]).toEqual([500, false]);
  expect(failures).toMatchObject([{ message: 'secret particulars' }]);
});

test('what is no HTTP is hung up on', async () => {
  const { port } = await served();
  const socket = connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk)).write('\u0000\u0001 nonsense\r\n\r\n');
  const ended = Promise.withResolvers<void>();
  socket.on('close', () => ended.resolve()).on('error', () => {});
  await ended.promise;
  expect(Buffer.concat(chunks).toString()).toContain('400');
});

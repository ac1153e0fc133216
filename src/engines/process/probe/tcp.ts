import { connect } from 'node:net';
import type { Probe } from '../spec.ts';
import type { Answer, Asked } from './probe.ts';

export function askTcp(
  { host, port }: Extract<Probe, { kind: 'tcp' }>,
  { signal }: Pick<Asked, 'signal'>,
): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const socket = connect({ host, port });
  const stop = () => socket.destroy(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  socket.once('connect', () => resolve({ ok: true, said: `${host}:${port} is open` }));
  socket.once('error', reject);
  return promise.finally(() => {
    signal.removeEventListener('abort', stop);
    socket.destroy();
  });
}

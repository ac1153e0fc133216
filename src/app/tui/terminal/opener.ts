import { spawn } from 'node:child_process';
import type { Destination } from '#panes/pane.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The platform's own way to show something outside of the terminal, or why there is none. */
export function openerFor(
  destination: Destination,
  platform: NodeJS.Platform,
  env: Environment,
): { command: string; args: string[] } | { problem: string } {
  if (!hasDisplay(platform, env)) return { problem: 'there is no display here' };
  if (destination.kind === 'page') {
    const { protocol, href } = new URL(destination.url);
    if (protocol !== 'https:' && protocol !== 'http:') return { problem: `${protocol} is not opened` };
    return { command: platform === 'darwin' ? 'open' : 'xdg-open', args: [href] };
  }
  // A directory whose name ends in .app is a program to macOS: it is shown, not opened.
  return platform === 'darwin'
    ? { command: 'open', args: ['-R', destination.path] }
    : { command: 'xdg-open', args: [destination.path] };
}

/** Over ssh macOS would open it in front of somebody else; elsewhere a forwarded display is one. */
function hasDisplay(platform: NodeJS.Platform, env: Environment): boolean {
  if (platform === 'darwin') return !env.SSH_CONNECTION;
  return Boolean(env.DISPLAY || env.WAYLAND_DISPLAY || env.BROWSER);
}

/** Milliseconds after which an opener that still runs has become the program that shows it. */
const STARTED = 2_000;

/** Resolves with what went wrong, if anything did; what shows it outlives the screen. */
export function openOutside(destination: Destination, env: Environment): Promise<string | undefined> {
  const opener = openerFor(destination, process.platform, env);
  if ('problem' in opener) return Promise.resolve(opener.problem);
  const { command, args } = opener;
  const ended = Promise.withResolvers<string | undefined>();
  const child = spawn(command, args, {
    env: env as NodeJS.ProcessEnv,
    cwd: '/',
    stdio: 'ignore',
    detached: true,
  });
  const timer = setTimeout(ended.resolve, STARTED, undefined);
  child.once('error', () => ended.resolve(`${command} could not be started`));
  child.once('exit', (code) => ended.resolve(code === 0 ? undefined : `${command} could not open it`));
  child.unref();
  return ended.promise.finally(() => clearTimeout(timer));
}

import { spawn } from 'node:child_process';

export interface HandOver {
  command: string;
  args: readonly string[];
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
}

/** Runs a program on the terminal that the screen has let go of; resolves with what went wrong, if anything did. */
export function handOver({ command, args, cwd, env }: HandOver): Promise<string | undefined> {
  // ctrl+c belongs to the program now, but the terminal sends it to us as well.
  const ignore = () => {};
  process.on('SIGINT', ignore);
  const ended = Promise.withResolvers<string | undefined>();
  const child = spawn(command, args, { cwd, env: env as NodeJS.ProcessEnv, stdio: 'inherit' });
  child.once('error', () => ended.resolve(`${command} could not be started in ${cwd}`));
  child.once('exit', () => ended.resolve(undefined));
  return ended.promise.finally(() => process.off('SIGINT', ignore));
}

/** Stops this process and whoever started it, as ctrl+z does; resolves once it is continued. */
export function stopHere(): Promise<undefined> {
  const continued = Promise.withResolvers<undefined>();
  const resume = () => continued.resolve(undefined);
  process.once('SIGCONT', resume);
  process.kill(0, 'SIGTSTP');
  // In a group that no shell waits for the signal stops nothing, and nothing would ever continue it.
  const timer = setTimeout(resume, 200);
  return continued.promise.finally(() => {
    clearTimeout(timer);
    process.off('SIGCONT', resume);
  });
}

import { writeSync } from 'node:fs';
import { resolve } from 'node:path';
import { ACTIONS } from '#app/registry/actions.ts';
import { failureLines } from '#app/surface/failure.ts';
import { interruption } from '#app/surface/interruption.ts';
import { printLines, tellLines } from '#app/surface/streams.ts';
import { styleFor } from '#app/surface/style.ts';
import { EXIT, failureOf } from '#engines/core/errors.ts';
import type { Host } from '#engines/core/host.ts';
import { pathsFrom } from '#engines/core/paths.ts';
import { visible } from '#engines/core/visible.ts';
import { ABOUT } from './about.ts';
import { HELP, type Options, optionsFrom } from './options.ts';
import { selectCards } from './tools/select.ts';

/** Serves one client on the standard streams and resolves with the exit code once it has gone. */
export async function runMcp(argv: string[]): Promise<number> {
  try {
    const options = optionsFrom(argv, process.env);
    if (!options.help) return await serve(options);
    printLines([HELP]);
    return EXIT.ok;
  } catch (thrown) {
    const failure = failureOf(thrown);
    tellLines(failureLines(failure, styleFor(false)));
    return EXIT[failure.exit];
  }
}

async function serve({ tools, readOnly, workspace }: Options): Promise<number> {
  const offered = selectCards(ACTIONS, { patterns: tools, readOnly });
  const cwd = process.cwd();
  const place = { cwd, workspace: workspace && resolve(cwd, workspace) };
  const { serveStdio } = await import('./protocol/stdio.ts');
  const interrupted = interruption();
  await serveStdio({
    offer: {
      about: ABOUT,
      open: async (notices) => {
        const { openService } = await import('./service.ts');
        return openService({ host: await hostHere(), place, offered, notices });
      },
    },
    input: process.stdin,
    output: process.stdout,
    signal: interrupted.signal,
    log,
  });
  interrupted.release();
  return interrupted.signal.aborted ? EXIT.interrupted : EXIT.ok;
}

async function hostHere(): Promise<Host> {
  const { openHost } = await import('#app/invoke/host.ts');
  return openHost({ env: process.env, paths: pathsFrom(process.env), now: Date.now });
}

/** The standard output belongs to the protocol; whether anybody reads the standard error is not our affair. */
function log(line: string): void {
  try {
    writeSync(2, `gantry: ${visible(line)}\n`);
  } catch {}
}

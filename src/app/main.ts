import { writeSync } from 'node:fs';
import { enableCompileCache, flushCompileCache } from 'node:module';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import manifest from '#package' with { type: 'json' };

const argv = process.argv.slice(2);
const { GANTRY_CALLED_AS: calledAs = 'gantry' } = process.env;
const isDialect = calledAs !== 'gantry' && Object.hasOwn(manifest.bin, calledAs);

if (!isDialect && argv.length === 1 && argv[0] === '--version') {
  writeSync(1, `gantry ${manifest.version}\n`);
} else {
  enableCompileCache(compileCacheDirectory());
  // Node writes the cache on exit, and a door that stays open may be killed before.
  setTimeout(flushCompileCache, 5_000).unref();
  openDoor().catch(fail);
}

async function openDoor(): Promise<void> {
  const [first, second] = argv;
  if (first === undefined && process.stdin.isTTY && process.stdout.isTTY) {
    const { runScreen } = await import('#app/tui/main.tsx');
    // Ink's last timer would hold the process for a frame after the screen is gone.
    process.exit(await runScreen());
  }
  process.exitCode = await headless(first, second);
}

async function headless(first?: string, second?: string): Promise<number> {
  if (first === 'mcp') {
    const { runMcp } = await import('#app/mcp/main.ts');
    return runMcp(argv.slice(1));
  }
  if (first === 'daemon' && second === 'run') {
    const { runDaemon } = await import('#app/daemon/main.ts');
    return runDaemon(argv.slice(2));
  }
  const { runCli } = await import('#app/cli/main.ts');
  return runCli(argv);
}

function compileCacheDirectory(): string {
  const { XDG_CACHE_HOME: configured, HOME: home = homedir() } = process.env;
  const caches = configured && isAbsolute(configured) ? configured : join(home, '.cache');
  return join(caches, 'gantry', 'compile');
}

function fail(error: unknown): void {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  const shown = argv.includes('--debug')
    ? stack
    : `${message}\nRun it again with --debug for the stack trace.`;
  writeSync(2, `gantry: ${shown}\n`);
  process.exitCode = 1;
}

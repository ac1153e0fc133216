import { writeSync } from 'node:fs';
import manifest from '#package' with { type: 'json' };

const argv = process.argv.slice(2);
const { GANTRY_CALLED_AS: calledAs = 'gantry' } = process.env;
/** How this program starts itself; whatever else stands behind `daemon run` is a person's. */
const DAEMON_MODES = new Set(['--stdio', '--askpass']);
const isDialect = calledAs !== 'gantry' && Object.hasOwn(manifest.bin, calledAs);

if (!saidVersion()) openDoor().catch(fail);

/** At once, where nothing stands in the way; the command line has the words for what does. */
function saidVersion(): boolean {
  if (isDialect || process.env.GANTRY_JSON || argv.length !== 1 || argv[0] !== '--version') return false;
  try {
    writeSync(1, `gantry ${manifest.version}\n`);
    return true;
  } catch {
    return false;
  }
}

async function openDoor(): Promise<void> {
  if (isDialect) {
    const { runDialect } = await import('#app/dialects/main.ts');
    process.exitCode = await runDialect(calledAs, argv);
    return;
  }
  if (argv.length === 0 && !process.env.GANTRY_HEADLESS && process.stdin.isTTY && process.stdout.isTTY) {
    const { runScreen } = await import('#app/tui/main.tsx');
    // Ink's last timer would hold the process for a frame after the screen is gone.
    process.exit(await runScreen());
  }
  process.exitCode = await headless(argv);
}

async function headless([first, second, mode]: string[]): Promise<number> {
  if (first === 'mcp') {
    const { runMcp } = await import('#app/mcp/main.ts');
    return runMcp(argv.slice(1));
  }
  if (first === 'daemon' && second === 'run' && (mode === undefined || DAEMON_MODES.has(mode))) {
    const { runDaemon } = await import('#app/daemon/main.ts');
    return runDaemon(argv.slice(2));
  }
  const { runCli } = await import('#app/cli/main.ts');
  // All has been written: what is still to come is a collection of garbage, 1 ms of a query.
  process.exit(await runCli(argv));
}

function fail(error: unknown): void {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  const shown = argv.includes('--debug')
    ? stack
    : `${message}\nRun it again with --debug for the stack trace.`;
  writeSync(2, `gantry: ${shown}\n`);
  process.exitCode = 1;
}

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../rig/process.ts';

const root = join(import.meta.dirname, '..', '..');
const unreachable = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENOTCACHED|ENETUNREACH|network/;

/** An empty directory into which the packed package was installed. */
export type Installation = {
  directory: string;
  gantry: string;
  /** The installed packages, scoped ones by their scope. */
  packages: string[];
};

export type Packed = {
  files: string[];
  /** Undefined when the registry cannot be reached, which is a failure in CI. */
  install(...flags: string[]): Promise<Installation | undefined>;
  remove(): void;
};

/** Packs the package with the build as it is. */
export async function pack(): Promise<Packed> {
  const temporary = mkdtempSync(join(tmpdir(), 'gantry-package-'));
  const [packed] = JSON.parse(
    await npm(root, 'pack', '--ignore-scripts', '--json', '--pack-destination', temporary),
  ) as { filename: string; files: { path: string }[] }[];
  if (packed === undefined) throw new Error('npm pack packed nothing');
  return {
    files: packed.files.map(({ path }) => path),
    install: (...flags) =>
      install(join(temporary, packed.filename), mkdtempSync(join(temporary, 'in-')), flags),
    remove: () => rmSync(temporary, { recursive: true, force: true }),
  };
}

async function install(
  tarball: string,
  directory: string,
  flags: string[],
): Promise<Installation | undefined> {
  writeFileSync(join(directory, 'package.json'), '{ "private": true }\n');
  try {
    await npm(directory, 'install', '--prefer-offline', '--no-audit', '--no-fund', ...flags, tarball);
  } catch (error) {
    if (process.env.CI || !(error instanceof Error) || !unreachable.test(error.message)) throw error;
    return undefined;
  }
  const modules = join(directory, 'node_modules');
  return {
    directory,
    gantry: join(modules, '.bin', 'gantry'),
    packages: readdirSync(modules).filter((name) => !name.startsWith('.')),
  };
}

async function npm(cwd: string, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await run('npm', args, { cwd, env: ownEnvironment(), within: 300_000 });
  if (code !== 0) throw new Error(`npm ${args.join(' ')} ended with ${code}.\n${stderr}`);
  return stdout;
}

/** The environment without what an outer `npm test` tells its scripts, except where packages come from. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const kept = /^npm_config_(cache|registry|userconfig|globalconfig|(https?_|no)?proxy|cafile)$/i;
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name) || kept.test(name)),
  );
}

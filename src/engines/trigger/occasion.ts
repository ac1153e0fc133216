import { existsSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { durationOf } from '#engines/core/duration.ts';
import { nearest } from '#engines/core/nearest.ts';
import { quote } from '#engines/core/shell.ts';
import { readRefMap } from '#engines/git/refs.ts';
import type { Artifact } from '#engines/service/jos/artifact.ts';
import { readWorkspace, selectRepos } from '#engines/workspace/read.ts';
import type { Occasion, On, ProcessPhase } from './definition.ts';
import { triggerError } from './errors.ts';
import { baseOf, filesMatching } from './sight/files.ts';
import { directoriesOf } from './sight/refs.ts';

/** What a trigger waits for, as somebody says it. */
export interface WantedOccasion {
  on: On;
  signed: boolean;
  path: string[];
  repo?: string;
  ref?: string;
  process: string[];
  phase: ProcessPhase[];
  settle?: string;
}

/** Milliseconds. */
const SETTLE = 500;

const USUAL_PHASES: readonly ProcessPhase[] = ['exited', 'crash-loop', 'unhealthy'];

/** Which option is whose. */
const OPTIONS: Record<On, readonly (keyof WantedOccasion)[]> = {
  webhook: ['signed'],
  file: ['path', 'settle'],
  git: ['repo', 'ref', 'settle'],
  process: ['process', 'phase'],
  a2a: [],
};

interface Running {
  artifact?: Artifact;
  flow?: string;
}

/** Throws what is wrong with it, now and not when its time comes. */
export async function occasionFrom(
  wanted: WantedOccasion,
  { artifact, flow = 'main' }: Running,
  context: Context,
): Promise<Occasion> {
  requireOwn(wanted);
  switch (wanted.on) {
    case 'webhook':
      return { on: 'webhook', signed: wanted.signed };
    case 'file':
      return { on: 'file', patterns: patternsFrom(wanted.path, context), settle: settleFrom(wanted) };
    case 'git': {
      const repo = await repoFrom(wanted.repo, context);
      const ref = await refFrom(wanted.ref ?? 'HEAD', repo, context);
      return { on: 'git', repo, ref, settle: settleFrom(wanted) };
    }
    case 'process': {
      const phases = wanted.phase.length > 0 ? wanted.phase : USUAL_PHASES;
      return { on: 'process', names: wanted.process, phases: [...new Set(phases)] };
    }
    case 'a2a':
      return { on: 'a2a', artifact: exposed(artifact, flow) };
  }
}

function requireOwn(wanted: WantedOccasion): void {
  const own = OPTIONS[wanted.on];
  for (const option of Object.values(OPTIONS).flat()) {
    const given = wanted[option];
    const isGiven = Array.isArray(given) ? given.length > 0 : given !== undefined && given !== false;
    if (!isGiven || own.includes(option)) continue;
    throw triggerError('trigger-option', `A trigger of ${wanted.on} has no --${option}.`, {
      next: ['gantry trigger add --help'],
    });
  }
}

function settleFrom({ settle }: WantedOccasion): number {
  const milliseconds = settle === undefined ? SETTLE : durationOf(settle);
  if (milliseconds !== undefined) return milliseconds;
  throw triggerError('trigger-option', `${JSON.stringify(settle)} is no duration.`, {
    next: ['gantry trigger add … --settle 2s'],
  });
}

function patternsFrom(paths: readonly string[], { cwd }: Context): string[] {
  if (paths.length === 0) {
    throw triggerError('trigger-path', 'No path was said to be watched.', {
      next: ["gantry trigger add build --on file --path 'src/**' --command 'make'"],
    });
  }
  const patterns = paths.map((path) => (isAbsolute(path) ? path : resolve(cwd, path)));
  for (const pattern of patterns) {
    const base = baseOf(pattern);
    if (existsSync(base)) continue;
    throw triggerError('trigger-path', `There is no directory ${base}.`, {
      next: [`mkdir -p ${quote(base)}`],
    });
  }
  const { isTooMuch, directories, files } = filesMatching(patterns);
  if (!isTooMuch) return patterns;
  throw triggerError(
    'trigger-too-much',
    `More than ${directories.length} directories or ${files.length} files would be watched.`,
    { next: ["gantry trigger add … --path 'src/*.ts'"] },
  );
}

async function repoFrom(named: string | undefined, context: Context): Promise<string> {
  const path = resolve(context.cwd, named ?? '.');
  if (directoriesOf(path)) return path;
  if (named !== undefined && context.workspace !== undefined && !named.includes('/')) {
    const [repo] = selectRepos(await readWorkspace(context), [named]);
    if (repo && directoriesOf(repo.path)) return repo.path;
  }
  throw triggerError('trigger-repo', `${path} is no git repository.`, {
    next: ['gantry trigger add … --repo DIRECTORY', 'gantry workspace list'],
  });
}

/** Full names of what may be meant by a short one, the first that there is. */
async function refFrom(named: string, repo: string, context: Context): Promise<string> {
  if (named === 'HEAD' || named.startsWith('refs/')) return named;
  const known = [...(await readRefMap(context, repo, 'refs/heads', 'refs/tags')).keys()];
  const isPattern = named.includes('*');
  const candidates = [`refs/heads/${named}`, `refs/tags/${named}`];
  const found = candidates.find((name) => known.includes(name)) ?? (isPattern ? candidates[0] : undefined);
  if (found !== undefined) return found;
  const meant = nearest(
    named,
    known.map((name) => name.replace(/^refs\/(heads|tags)\//, '')),
  );
  throw triggerError(
    'trigger-ref',
    `There is no branch or tag ${named}${meant ? `; did you mean ${meant}?` : '.'}`,
    {
      next: [`gantry trigger add … --ref ${quote(meant ?? `refs/heads/${named}`)}`],
    },
  );
}

function exposed(artifact: Artifact | undefined, flow: string) {
  if (!artifact) {
    throw triggerError('trigger-option', 'A trigger of a2a runs an artifact.', {
      next: ['gantry trigger add --on a2a --artifact report.jos'],
    });
  }
  const { name, id = null, path, sha256, a2a } = artifact;
  if (a2a) return { name, id, path, sha256, flow };
  throw triggerError('trigger-undeclared', `${name} does not declare that agents may call it.`, {
    next: [`$EDITOR ${quote(path)}`, `gantry service validate ${quote(path)}`],
  });
}

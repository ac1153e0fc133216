import { dirname } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import type { Target } from '#engines/core/plan.ts';
import { gitDirectories } from '#engines/git/directory.ts';
import { gitEnvironment } from '#engines/git/environment.ts';
import { placeOf } from '#engines/git/observe.ts';
import { type Ended, runChild } from '#engines/workspace/child.ts';
import { lastWords } from '#engines/workspace/setup.ts';
import { type Script, scriptArgv } from './argv.ts';

/** Runs a hook or filter as git-flow does: in the repository, with the variables that it exports. */
export function runScript(context: Context, target: Target, script: Script): Promise<Ended> {
  const cwd = placeOf(target);
  const env = gitEnvironment(context.env, { LC_ALL: context.env.LC_ALL });
  return runChild(
    { ...context, env },
    {
      argv: scriptArgv(script),
      cwd,
      target: target.name,
      env: {
        MASTER_BRANCH: script.main,
        DEVELOP_BRANCH: script.develop,
        ORIGIN: script.origin,
        HOOKS_DIR: dirname(script.file),
        DOT_GIT_DIR: gitDirectories(cwd)?.own ?? '',
        GIT_CURRENT_REPO_DIR: cwd,
      },
    },
  );
}

/** What went wrong with it, with its last words; nothing where it came out well. */
export function complaintOf(name: string, ended: Ended): string | undefined {
  if (ended.exitCode === 0) return undefined;
  const what = ended.reason ?? `ended with exit code ${ended.exitCode}`;
  return `${name}: ${what}${lastWords(ended)}`;
}

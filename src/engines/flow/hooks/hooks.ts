import { basename } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { call } from '#engines/core/operation.ts';
import type { Call, ChoiceStep, Rest } from '#engines/core/plan.ts';
import { quote } from '#engines/core/shell.ts';
import type { FlowKind } from '#engines/git/flow-config.ts';
import { commandsFingerprint, commandsOf } from '#engines/workspace/commands.ts';
import { untrusted } from '#engines/workspace/consent.ts';
import { workspaceTrust } from '#engines/workspace/facts.ts';
import type { Course } from '../course.ts';
import { TRAITS } from '../kinds.ts';
import { flowHook } from '../operations.ts';
import type { FlowState } from '../state.ts';
import { hookFile, hooksDirectory } from './find.ts';

/** The verbs that git-flow has hooks for. */
export type HookedVerb = 'start' | 'finish' | 'branch' | 'publish' | 'track' | 'delete' | 'rename' | 'pull';

export interface Hooked {
  kind: FlowKind;
  verb: HookedVerb;
  name: string;
  branch: string;
  /** What it is started from. */
  base?: string;
  /** What a version is tagged as, without the prefix, where that is not its name. */
  tagname?: string;
}

/** The hooks of one command in one repo. */
export interface Hooks {
  /** A hook runs before the change: what it commits is part of it. */
  isPreceded: boolean;
  /** Adds what runs before the first change, and may refuse it. */
  before(course: Course): void;
  /** Adds what runs after the last one. */
  after(course: Course): void;
}

const NONE: Hooks = { isPreceded: false, before: () => {}, after: () => {} };

/** git-flow has none for support branches. */
export async function hooksOf(context: Context, state: FlowState, hooked: Hooked): Promise<Hooks> {
  if (hooked.kind === 'support') return NONE;
  const directory = await hooksDirectory(context, state);
  const fileOf = (when: string) => hookFile(directory, `${when}-flow-${hooked.kind}-${hooked.verb}`);
  const pre = fileOf('pre');
  const post = fileOf('post');
  if (pre === undefined && post === undefined) return NONE;
  const again = againOf(state, hooked);
  const run = (file: string, when: 'pre' | 'post') =>
    call(flowHook, { file, when, again, args: argsOf(state, hooked), ...namesOf(state) });
  const add = (course: Course, file: string, trusted: Call | Rest) => {
    const step = gated(state, { file, again, trusted });
    if (step) course.choose(state.home.target, step);
    else if ('op' in trusted) course.add(state.home.target, trusted);
  };
  return {
    isPreceded: pre !== undefined,
    before(course) {
      if (pre !== undefined) add(course, pre, run(pre, 'pre'));
      // Nothing is begun that could not be brought to its end.
      else if (post !== undefined) {
        add(course, post, { status: 'skipped', reason: `${basename(post)} is trusted` });
      }
    },
    after(course) {
      if (post !== undefined) add(course, post, run(post, 'post'));
    },
  };
}

/** The names that git-flow exports to what it runs. */
export function namesOf({ model }: FlowState): { main: string; develop: string; origin: string } {
  return { main: model.main, develop: model.develop, origin: model.origin };
}

/** Asks for trust where the workspace brings commands that it is given to; nothing where it brings none. */
function gated(
  { workspace }: FlowState,
  { file, again, trusted }: { file: string; again: string; trusted: Call | Rest },
): Pick<ChoiceStep, 'fact' | 'args' | 'outcomes'> | undefined {
  const commands = commandsOf(workspace);
  if (commands.length === 0) return undefined;
  const { failure } = untrusted(workspace, [file]);
  const next = ['gantry workspace trust', again];
  return {
    fact: workspaceTrust.id,
    args: { root: workspace.root, commands: commandsFingerprint(commands) },
    outcomes: {
      trusted,
      untrusted: { status: 'refused', reason: failure.message, failure: { ...failure, next } },
    },
  };
}

/** As git-flow calls its hooks: a version with its prefix where it is about the version and not the branch. */
function argsOf({ model }: FlowState, { kind, verb, name, tagname, branch, base }: Hooked): string[] {
  const isVersion =
    TRAITS[kind].versioned &&
    (['start', 'finish', 'branch'].includes(verb) || (kind === 'hotfix' && verb === 'publish'));
  const first = isVersion ? `${model.tagPrefix}${tagname || name}` : name;
  return [first, model.origin, branch, ...(base === undefined ? [] : [base])];
}

function againOf({ repo }: FlowState, { kind, verb, name }: Hooked): string {
  return `gantry flow ${kind} ${verb} ${quote(name)} --repos ${quote(repo.name)}`;
}

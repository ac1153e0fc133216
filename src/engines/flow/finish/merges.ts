import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import { call } from '#engines/core/operation.ts';
import { quote } from '#engines/core/shell.ts';
import { ask } from '#engines/git/ask.ts';
import { isMerged } from '#engines/git/branch/standing.ts';
import { gitBranch, gitRef } from '#engines/git/facts.ts';
import type { Manner } from '#engines/git/merge/argv.ts';
import { forecastMerge, mergedCommit } from '#engines/git/merge/forecast.ts';
import { isSquashed } from '#engines/git/merge/squashed.ts';
import { gitMerge, gitRebase } from '#engines/git/operations.ts';
import { requireClean } from '../check.ts';
import type { Course } from '../course.ts';
import { flowError } from '../errors.ts';
import { TRAITS } from '../kinds.ts';
import type { FlowState, LocalBranch } from '../state.ts';
import type { Finish } from './input.ts';
import { forecastConflict, isSame, requireRelated, requireRoom, type Source } from './mergeable.ts';
import { addTag, tagOf } from './tag.ts';

type Merging = Finish & {
  targets: readonly string[];
  /** A hook may commit to the branch before it is merged: whatever it is at by then is merged, and deleted. */
  isLoose: boolean;
};

/** Merges a flow branch into its first target, tags that where it is a version, and merges it back into the second. */
export async function addMerges(
  context: Context,
  course: Course,
  state: FlowState,
  merging: Merging,
): Promise<{ moved: boolean }> {
  const [first = '', second] = merging.targets;
  const { oid } = state.branches.get(merging.branch) as LocalBranch;
  const rebased = merging.rebase && (await addRebase(context, course, state, { ...merging, into: first }));
  const moved = rebased || merging.isLoose;
  const source: Source = {
    name: merging.branch,
    ref: `refs/heads/${merging.branch}`,
    oid: moved ? null : oid,
    stand: oid,
  };
  const commit = await addMerge(context, course, state, { ...merging, into: first, source });
  if (!TRAITS[merging.kind].versioned) return { moved };
  requireSomething(state, merging, { first, oid });
  const tag = merging.notag ? null : tagOf(state, merging);
  if (tag !== null) await addTag(context, course, state, { ...merging, tag, into: first, commit });
  if (second !== undefined) {
    const back: Source = merging.nobackmerge
      ? source
      : {
          name: tag ?? first,
          ref: tag === null ? `refs/heads/${first}` : `refs/tags/${tag}`,
          oid: null,
          stand: commit ?? (state.branches.get(first) as LocalBranch).oid,
        };
    await addMerge(context, course, state, {
      ...merging,
      squash: false,
      message: undefined,
      sign: false,
      into: second,
      source: back,
    });
  }
  return { moved };
}

/** Resolves with the commit that stands for the merged target in later forecasts; nothing where it has all already. */
async function addMerge(
  context: Context,
  course: Course,
  state: FlowState,
  { into, source, ...merging }: Merging & { into: string; source: Source },
): Promise<string | undefined> {
  const { path } = state.repo;
  const from = (state.branches.get(into) as LocalBranch).oid;
  if (!merging.isLoose && (await isMerged(context, path, { commit: source.stand, into: from })))
    return undefined;
  const forecast = await forecastMerge(context, path, { ours: from, theirs: source.stand });
  if (merging.squash && (await isSame(context, path, forecast, from))) return undefined;
  const leave = merging.style === 'avh';
  if (forecast.clean === false && !leave)
    throw forecastConflict(state, { into, source, branch: merging.branch }, forecast);
  if (forecast.clean === null) await requireRelated(context, state, { into, source });
  const place = await course.bring(into);
  const isBegun = merging.squash && (await isSquashed(context, place.path as string, { ...source, from }));
  // Home was looked at before anything else.
  if (!isBegun && place.path !== state.home.target.path) await requireClean(context, place);
  if (!isBegun && forecast.clean && forecast.tree !== null)
    await requireRoom(context, state, place, forecast.tree);
  const isVersion = TRAITS[merging.kind].versioned;
  course.add(
    place,
    call(gitMerge, {
      name: source.name,
      ref: source.ref,
      oid: source.oid,
      into,
      from,
      manner: await mannerOf(context, state, { into, source, ...merging }),
      message: isVersion ? null : (merging.message ?? null),
      heading:
        merging.squash && merging.squashInfo ? `Merged ${merging.kind} branch '${merging.branch}'` : null,
      sign: !isVersion && merging.sign,
      onConflict: leave ? 'leave' : 'abort',
      back: course.back(place),
      note: leave && !isVersion,
    }),
    [
      expect(gitBranch, {}, into),
      expect(gitRef, { ref: `refs/heads/${into}` }, from),
      ...(source.oid === null ? [] : [expect(gitRef, { ref: `refs/heads/${source.name}` }, source.oid)]),
    ],
  );
  return forecast.tree === null || !forecast.clean || !isVersion
    ? source.stand
    : mergedCommit(context, path, { tree: forecast.tree, parents: [from, source.stand] });
}

/** git-flow fast-forwards a single commit; Gantry's own features always have a merge commit. */
async function mannerOf(
  context: Context,
  { repo }: FlowState,
  { into, source, squash, noFf, style, kind }: Merging & { into: string; source: Source },
): Promise<Manner> {
  if (squash) return 'squash';
  if (noFf || style === 'gantry' || TRAITS[kind].versioned) return 'no-ff';
  const { stdout } = await ask(context, {
    cwd: repo.path,
    args: ['rev-list', '--count', '--max-count=2', `refs/heads/${into}..${source.stand}`, '--'],
  });
  return Number(stdout) === 1 ? 'ff' : 'no-ff';
}

/** True where the branch will be at another commit by the time that it is merged. */
async function addRebase(
  context: Context,
  course: Course,
  state: FlowState,
  { branch, into, style }: Merging & { into: string },
): Promise<boolean> {
  const onto = (state.branches.get(into) as LocalBranch).oid;
  const from = (state.branches.get(branch) as LocalBranch).oid;
  if (await isMerged(context, state.repo.path, { commit: onto, into: from })) return false;
  const place = await course.bring(branch);
  await requireClean(context, place);
  course.add(
    place,
    call(gitRebase, {
      branch,
      from,
      base: into,
      onto,
      back: course.back(place),
      onConflict: style === 'avh' ? 'leave' : 'abort',
    }),
    [expect(gitBranch, {}, branch), expect(gitRef, { ref: `refs/heads/${branch}` }, from)],
  );
  return true;
}

/** A hotfix without a commit fixes nothing; a tag for it would tell of a release that is none. */
function requireSomething(
  { repo, branches }: FlowState,
  { kind, branch, name }: Merging,
  { first, oid }: { first: string; oid: string },
): void {
  if (kind !== 'hotfix' || branches.get(first)?.oid !== oid) return;
  throw flowError('flow-nothing', `${repo.name}: ${branch} has no commit that ${first} lacks.`, {
    next: [`gantry flow hotfix delete ${quote(name)} --repos ${quote(repo.name)}`],
  });
}

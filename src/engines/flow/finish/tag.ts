import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import { call } from '#engines/core/operation.ts';
import { quote } from '#engines/core/shell.ts';
import { readConfig } from '#engines/git/config/values.ts';
import { gitTag } from '#engines/git/facts.ts';
import { resolveCommit } from '#engines/git/observe.ts';
import { gitTagCreate } from '#engines/git/operations.ts';
import { requireTag } from '../check.ts';
import type { Course } from '../course.ts';
import { flowError } from '../errors.ts';
import type { FlowState, LocalBranch } from '../state.ts';
import type { Finish } from './input.ts';
import { messageOf } from './message.ts';

export function tagOf({ model }: FlowState, { tagname, name }: Finish): string {
  return `${model.tagPrefix}${tagname || name}`;
}

/** Tags what the version was merged into; a tag that an earlier run made is as good. */
export async function addTag(
  context: Context,
  course: Course,
  state: FlowState,
  finish: Finish & { tag: string; into: string; commit: string | undefined },
): Promise<void> {
  const { repo, tags } = state;
  const { tag, into } = finish;
  const present = tags.get(tag);
  if (present !== undefined) {
    if (await isOwn(context, state, finish, present)) return;
    throw flowError('flow-tag-exists', `${repo.name} has a tag ${tag} at another commit.`, {
      next: [`git -C ${quote(repo.path)} show --stat ${quote(tag)} --`],
    });
  }
  await requireTag(context, state, tag);
  const message = await messageOf(context, state, finish);
  course.add(
    await course.bring(into),
    call(gitTagCreate, {
      tag,
      at: `refs/heads/${into}`,
      message,
      sign: await isSigned(context, state, finish),
      ...(finish.signingkey !== undefined && { key: finish.signingkey }),
    }),
    [expect(gitTag, { tag }, 'absent')],
  );
}

/** The merge of this very branch, or, where nothing had to be merged, its commit. */
async function isOwn(
  context: Context,
  { repo, branches }: FlowState,
  { branch, into, squash }: Finish & { into: string },
  tagged: string,
): Promise<boolean> {
  const { oid } = branches.get(branch) as LocalBranch;
  if (tagged === oid || (squash && tagged === branches.get(into)?.oid)) return true;
  return (await resolveCommit(context, repo.path, `${tagged}^2`)) === oid;
}

/** Asked for, or where a key to sign with is configured. */
async function isSigned(context: Context, { repo }: FlowState, { sign, style }: Finish): Promise<boolean> {
  if (sign || style === 'avh') return sign;
  const values = await readConfig(context, repo.path, '^(user\\.signingkey|tag\\.gpgsign)$');
  return values.has('user.signingkey') || values.get('tag.gpgsign') === 'true';
}

import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import { call } from '#engines/core/operation.ts';
import type { Draft } from '#engines/core/plan.ts';
import { quote } from '#engines/core/shell.ts';
import { gitTag } from '#engines/git/facts.ts';
import { requireCommit, requireTagName } from '#engines/git/names.ts';
import { resolveCommit } from '#engines/git/observe.ts';
import { gitTagCreate, gitTagDelete } from '#engines/git/operations.ts';
import { readTag } from '#engines/git/tag/read.ts';
import { type Chosen, planEach, type Verdict } from './choose.ts';
import { repoError } from './errors.ts';

interface TagInput {
  name: string;
  repos: string[];
  message?: string;
  at?: string;
  sign: boolean;
  delete: boolean;
}

export async function planTag(input: TagInput, context: Context): Promise<Draft> {
  requireSensible(input);
  return planEach(context, input.repos, (chosen, bounded) =>
    input.delete ? planDelete(bounded, chosen, input.name) : planCreate(bounded, chosen, input),
  );
}

function requireSensible({ name, message, at, sign, delete: goes }: TagInput): void {
  if (goes && (message !== undefined || at !== undefined || sign)) {
    throw repoError('options-clash', 'A tag that is deleted takes no message, commit or signature.', {
      next: [`gantry repo tag ${quote(name)} --delete`],
    });
  }
  if (!goes && (message === undefined ? sign : message.trim() === '' || message.includes('\0'))) {
    throw repoError(
      'message-unusable',
      'A signed or annotated tag needs a message, in characters that git can keep.',
      {
        next: [`gantry repo tag ${quote(name)} --message 'What this version is'`],
      },
    );
  }
}

async function planCreate(context: Context, { repo, target }: Chosen, input: TagInput): Promise<Verdict> {
  const { name, message, at = 'HEAD', sign } = input;
  await requireTagName(context, repo.path, name);
  const oid = await requireCommit(context, repo.path, at);
  if (await readTag(context, repo.path, name)) {
    const present = await resolveCommit(context, repo.path, `refs/tags/${name}`);
    if (present === oid) return { settled: `it has ${name} at ${oid.slice(0, 10)} already` };
    throw repoError(
      'tag-taken',
      `${repo.name} has a tag ${name} already, at ${present?.slice(0, 10) ?? 'no commit'}.`,
      {
        next: [
          `git -C ${quote(repo.path)} show ${quote(`refs/tags/${name}`)} --`,
          `gantry repo tag ${quote(name)} --delete --repos ${quote(repo.name)}`,
        ],
      },
    );
  }
  return {
    steps: [
      {
        id: `${repo.name}/1`,
        target,
        expects: [expect(gitTag, { tag: name }, 'absent')],
        ...call(gitTagCreate, { tag: name, at: oid, message: message ?? null, sign }),
      },
    ],
  };
}

async function planDelete(context: Context, { repo, target }: Chosen, tag: string): Promise<Verdict> {
  const oid = await readTag(context, repo.path, tag);
  if (oid === undefined) return { settled: `it has no tag ${tag}` };
  return {
    steps: [
      {
        id: `${repo.name}/1`,
        target,
        expects: [expect(gitTag, { tag }, oid)],
        ...call(gitTagDelete, { tag, oid }),
      },
    ],
  };
}

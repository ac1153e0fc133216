import { basename, dirname } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { type Application, type Applied, call } from '#engines/core/operation.ts';
import type { Draft, Target } from '#engines/core/plan.ts';
import { quote } from '#engines/core/shell.ts';
import { serviceError } from './errors.ts';
import { expectFile, type FileChange, textOrAbsent, writeFiles } from './files.ts';
import type { Artifact, Generation, Profile } from './jos/artifact.ts';
import { findArtifact } from './jos/find.ts';
import { checkIntegrity } from './jos/integrity.ts';
import { loadArtifact } from './jos/load.ts';
import { hashIn, isManifest } from './jos/manifest.ts';
import { isSealedInside, signatureFile, signatureOf } from './jos/signature.ts';
import { serviceArtifactSign } from './operations.ts';

interface Input {
  artifact: string;
  profile: Profile;
}

export async function planSign({ artifact: named, profile }: Input, context: Context): Promise<Draft> {
  const artifact = await loadArtifact(await findArtifact(named, context), { profile });
  const { path, text, generation } = artifact;
  const target: Target = { kind: 'file', name: basename(path), path };
  const signature = signatureFile(artifact);
  if (signature === undefined) throw outside(artifact);
  if ((await checkIntegrity(artifact)) === 'verified') {
    return { steps: [], settled: [{ target, reason: 'is signed as it is' }] };
  }
  const manifest = generation === '1.0.0' ? [] : [{ file: signature, before: await manifestText(signature) }];
  const files = [...manifest, ...(isSealedInside(artifact) ? [{ file: path, before: text }] : [])];
  const expects = [...files, { file: path, before: text }].map(({ file, before }) =>
    expectFile(file, before),
  );
  const step = { id: `${target.name}/1`, target, expects };
  return {
    steps: [{ ...step, ...call(serviceArtifactSign, { artifact: path, generation, signature, files }) }],
  };
}

/** Null where there is none yet. */
async function manifestText(file: string): Promise<string | null> {
  const text = await textOrAbsent(file);
  if (text === null || isManifest(text)) return text;
  throw serviceError('signature-taken', `There is something at ${file}, and it is no manifest.`, {
    next: [`ls -l ${quote(file)}`],
    details: { path: file },
  });
}

interface Args {
  artifact: string;
  generation: Generation;
  signature: string;
  files: { file: string; before: string | null }[];
}

export async function applySign({ args }: Application<Args>, context: Context): Promise<Applied> {
  const artifact = await loadArtifact(args.artifact, { profile: args.generation });
  const { texts, hash } = signatureOf(artifact, context.now());
  const changes: FileChange[] = [];
  for (const { file, before } of args.files) {
    const present = await textOrAbsent(file);
    // Whoever was interrupted between the two files wrote the same manifest at an earlier moment.
    const isWritten = present !== null && present !== before && namesHash(present, hash);
    changes.push({ file, before, text: isWritten ? present : (texts.get(file) ?? before) });
  }
  await writeFiles(changes);
  return signed(args, hash, changes);
}

export async function checkSign({ args }: Application<Args>): Promise<Applied | undefined> {
  const artifact = await loadArtifact(args.artifact, { profile: args.generation });
  if ((await checkIntegrity(artifact)) !== 'verified') return undefined;
  const changes = await Promise.all(
    args.files.map(async ({ file, before }) => ({ file, before, text: await textOrAbsent(file) })),
  );
  const { integrity, sha256 } = artifact;
  return signed(args, integrity?.kind === 'hash' ? integrity.hash : `sha256:${sha256}`, changes);
}

function namesHash(manifest: string, hash: string): boolean {
  const named = hashIn(manifest);
  return 'hash' in named && `sha256:${named.hash}` === hash;
}

function signed({ artifact }: Args, hash: string, changes: FileChange[]): Applied {
  return {
    summary: `signed ${basename(artifact)} with ${hash.slice(0, 'sha256:'.length + 12)}`,
    result: { hash, changes: changes.map((change) => ({ ...change })) },
    leaves: changes.map(({ file, text }) => expectFile(file, text)),
  };
}

function outside({ path, integrity }: Artifact) {
  const ref = integrity?.kind === 'manifest' ? integrity.ref : '';
  return serviceError(
    'reference-outside',
    `security.integrity_ref is ${ref}, which is outside ${dirname(path)}.`,
    {
      next: [`$EDITOR ${quote(path)}`],
      details: { path, reference: ref },
    },
  );
}

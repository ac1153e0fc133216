import type { IncomingMessage } from 'node:http';
import type { GantryError } from '#engines/core/errors.ts';
import { quote } from '#engines/core/shell.ts';
import { downloadError } from '../errors.ts';
import { repoPage } from './address.ts';
import type { Hub } from './hub.ts';

/** What was asked for, in the words of an error. */
export interface Subject {
  repo: string;
  revision: string;
  file?: string;
}

/** Milliseconds that an answer asks to be left alone for; undefined where it says nothing. */
export function retryAfter({ headers }: IncomingMessage, now: number): number | undefined {
  const told = headers['retry-after'];
  if (told === undefined) return undefined;
  const seconds = Number(told);
  const wait = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(told) - now;
  return Number.isFinite(wait) ? Math.max(wait, 0) : undefined;
}

/** An answer that is none, as the failure it is. The hub names its reason in a header, mirrors often only in the status. */
export function refusalOf(response: IncomingMessage, subject: Subject, hub: Hub): GantryError {
  const { statusCode: status = 0, headers } = response;
  const reason = String(headers['x-error-code'] ?? '');
  const { repo, revision, file } = subject;
  const details = { status, repo, revision, ...(file !== undefined && { file }) };
  const page = repoPage(hub.endpoint, repo);

  if (reason === 'GatedRepo' || (status === 403 && reason !== 'RepoNotFound')) return gated();
  if (reason === 'RevisionNotFound') {
    return downloadError('revision-missing', `${repo} has no revision ${revision}.`, {
      next: [`open ${page}/tree/main`],
      details,
    });
  }
  if (reason === 'EntryNotFound' || (status === 404 && file !== undefined && reason !== 'RepoNotFound')) {
    return downloadError('file-missing', `${repo} has no file ${file} at ${revision}.`, {
      next: [`open ${page}/tree/${revision}`],
      details,
    });
  }
  if (status === 401 && hub.token !== undefined && reason !== 'RepoNotFound') {
    return downloadError('token-refused', `The hub refused the token that was sent for ${repo}.`, {
      next: ['hf auth login', 'export HF_TOKEN=…'],
      details,
    });
  }
  if (reason === 'RepoNotFound' || status === 401 || status === 404) return missing();
  if (status === 429) {
    return downloadError('hub-busy', `${hub.endpoint} answers no more requests for now.`, { details });
  }
  const code = status >= 500 ? 'hub-failed' : 'hub-strange';
  return downloadError(code, `${hub.endpoint} answered ${status} for ${quote(file ?? repo)}.`, { details });

  function gated(): GantryError {
    const message = hub.token
      ? `${repo} is gated, and the account of the token may not download from it.`
      : `${repo} is gated, and no token was sent.`;
    return downloadError('repo-gated', message, {
      next: [`open ${page}`, ...(hub.token ? [] : ['hf auth login', 'export HF_TOKEN=…'])],
      details: { ...details, page },
    });
  }

  function missing(): GantryError {
    const hidden = hub.token ? '' : ' Were it private, it would need a token.';
    return downloadError('repo-missing', `${hub.endpoint} has no repository ${repo}.${hidden}`, {
      next: [`open ${page}`, ...(hub.token ? [] : ['export HF_TOKEN=…'])],
      details: { ...details, page },
    });
  }
}

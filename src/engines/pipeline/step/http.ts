import type { Context } from '#engines/core/context.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import { isSafe } from '../plan/request.ts';
import type { HttpArgs } from '../types.ts';
import { headersOf } from './headers.ts';
import { perform } from './perform.ts';
import { request } from './request.ts';
import { checkStep } from './witnessed.ts';

export async function applyHttp(application: Application<HttpArgs>, context: Context): Promise<Applied> {
  const { method, url, body } = application.args;
  const headers = await headersOf(application.args);
  return perform(application, context, {
    code: 'request-failed',
    once: ({ signal, log }) => request({ method, url, body, headers, signal, heard: log.line }),
  });
}

/** What only asks is asked again; of anything else nobody can tell how far it came. */
export async function checkHttp(
  application: Application<HttpArgs>,
  context: Context,
): Promise<Applied | 'unknown' | undefined> {
  const witnessed = await checkStep(application, context);
  return witnessed ?? (isSafe(application.args.method) ? undefined : 'unknown');
}

import type { ExitClass, Failure } from '#engines/core/errors.ts';

/** Statuses of failures that say more than their class does. */
const BY_CODE: Record<string, number> = {
  'token-wrong': 401,
  'path-unknown': 404,
  'worker-not-waiting': 404,
  'worker-unknown': 404,
  'model-missing': 404,
  'worker-exists': 409,
  'port-taken': 409,
  'backend-missing': 409,
  'ram-insufficient': 507,
  'vram-insufficient': 507,
  'disk-insufficient': 507,
  'daemon-stopping': 503,
};

const BY_CLASS: Partial<Record<ExitClass, number>> = {
  usage: 400,
  denied: 403,
  approval: 403,
  interrupted: 503,
};

const DEFECT = 500;

/** A failure as the pool API tells it. */
export function refused({ code, exit, message, meaning, next }: Failure): Response {
  const status = BY_CODE[code] ?? BY_CLASS[exit] ?? DEFECT;
  const headers = status === 401 ? { 'www-authenticate': 'Bearer' } : undefined;
  return Response.json({ error: { code, message, meaning, next } }, { status, headers });
}

import { refuse } from '#engines/gate/relay/refusal.ts';
import { limitBody } from '../limit.ts';

/** Bytes: a chat may have pictures in it. */
const LARGEST = 32 * 1_048_576;

export const limitJson = limitBody(LARGEST);

/** Throws a refusal. */
export async function jsonOf(request: Request): Promise<unknown> {
  try {
    return await request.json();
  } catch {
    throw refuse(400, 'body-unfit', 'The body is no JSON.');
  }
}

import { createHash } from 'node:crypto';
import { textOrNull } from './read.ts';

/** `absent`, or the SHA-256 of the unit's text. */
export async function readUnitFile({ file }: { file: string }): Promise<string> {
  return answerFor(await textOrNull(file));
}

export function answerFor(text: string | null): string {
  return text === null ? 'absent' : createHash('sha256').update(text).digest('hex');
}

import * as z from 'zod/mini';
import { isRecord } from '#engines/core/json.ts';
import type { Asked } from '#engines/trigger/task/exposed.ts';

/** By what generations of the format call themselves in a message. */
export const MEDIA_TYPES = ['application/jos', 'application/vnd.jos+json'] as const;

const messageSchema = z.object({ parts: z.array(z.record(z.string(), z.unknown())).check(z.minLength(1)) });

/** The artifact and flow that a message asks for; nothing where no part of it is of this format. */
export function askedIn(message: unknown): Asked | undefined {
  const { data } = z.safeParse(messageSchema, message);
  for (const part of data?.parts ?? []) {
    const content = contentOf(part);
    if (content !== undefined) return askedBy(content, part);
  }
  return undefined;
}

/** A part says by a media type, or by being structured data with an artifact in it, that it is meant. */
function contentOf(part: Record<string, unknown>): unknown {
  const types = [part.type, part.mimeType, part.mediaType, part.contentType];
  const isOurs = types.some((type) => MEDIA_TYPES.some((known) => known === type));
  const content = part.data ?? part.payload ?? part.text ?? (isOurs ? part : undefined);
  if (isOurs) return content;
  return isRecord(content) && 'artifact' in content ? content : undefined;
}

function askedBy(content: unknown, part: Record<string, unknown>): Asked {
  const params = isRecord(content) && 'artifact' in content ? content : { ...part, artifact: content };
  const { artifact, flow } = params as Record<string, unknown>;
  return { artifact, flow: typeof flow === 'string' ? flow : 'main' };
}

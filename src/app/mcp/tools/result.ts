import { findAction } from '#app/registry/find.ts';
import { envelope } from '#app/surface/envelope.ts';
import { exitCodeOf } from '#app/surface/exit.ts';
import type { Failure } from '#engines/core/errors.ts';
import type { Outcome } from '#engines/core/invocation.ts';
import type { Json } from '#engines/core/json.ts';
import type { ToolResult } from '../protocol/service.ts';
import { dataSchema } from './document.ts';
import { type Asked, callText, withCalls } from './next.ts';
import { withoutSecrets } from './secrets.ts';
import { outcomeText } from './text.ts';

/** An outcome as the document that every surface gives, and as text; a failure is an error of the tool, not of the protocol. */
export async function toolResult(told: Outcome, asked: Asked): Promise<ToolResult> {
  const outcome = await tellable(told, asked);
  const code = exitCodeOf(outcome);
  const failure = await failureOf(outcome, asked);
  const document = envelope(asked.card.id, outcome, code);
  const { error } = failure ? envelope(asked.card.id, { kind: 'failure', failure }, code) : document;
  return {
    text: outcomeText(outcome, failure, asked),
    structured: { ...document, ...(error ? { error } : {}) },
    isError: !document.ok,
  };
}

/** The outcome without what the action's schema calls secret. */
async function tellable(outcome: Outcome, { card }: Asked): Promise<Outcome> {
  const action = await findAction(card.id);
  if (!action || !('data' in outcome)) return outcome;
  return { ...outcome, data: withoutSecrets(dataSchema(action), outcome.data) as Json };
}

async function failureOf(outcome: Outcome, asked: Asked): Promise<Failure | undefined> {
  if (outcome.kind === 'approval') return unapproved(outcome.plan.hash, asked);
  const failure = 'failure' in outcome ? outcome.failure : undefined;
  return failure && withCalls(failure, asked);
}

function unapproved(hash: string, { card, input }: Asked): Failure {
  return {
    code: 'needs-approval',
    exit: 'approval',
    message: 'The plan needs approval.',
    meaning:
      'It destroys something, reaches outside this machine or can not be taken back; nothing was done.',
    next: [callText(card.id, { ...input, plan: hash })],
  };
}

import { nameAction } from '#app/cli/argv/words.ts';
import type { ActionCard } from '#app/registry/card.ts';
import type { Failure } from '#engines/core/errors.ts';
import { wordsIn } from '#engines/core/shell.ts';
import type { Given } from '../protocol/service.ts';
import { toolName } from './names.ts';

/** What was called, and what could be called next. */
export interface Asked {
  card: ActionCard;
  /** The action's own input, as it came. */
  input: Given;
  /** The actions that are offered as tools. */
  offered: readonly ActionCard[];
}

/** A call as a model would write it: `repo_reset {"repos":["api"]}`. */
export function callText(id: string, given: Given): string {
  return `${toolName(id)} ${JSON.stringify(given)}`;
}

/**
 * A failure whose next steps are tool calls, where a tool does what the command would. What was denied to an agent is
 * for a person to do, in a shell.
 */
export async function withCalls(failure: Failure, asked: Asked): Promise<Failure> {
  if (!failure.next || failure.exit === 'denied') return failure;
  return { ...failure, next: await Promise.all(failure.next.map((command) => callFor(command, asked))) };
}

async function callFor(command: string, { card, input, offered }: Asked): Promise<string> {
  const [program, ...argv] = wordsIn(command);
  const { card: meant, rest } = nameAction(program === 'gantry' ? argv : [], offered);
  if (!meant) return command;
  if (rest.includes('--help')) {
    return offered.some(({ id }) => id === 'describe') ? callText('describe', { action: meant.id }) : command;
  }
  if (meant.id === card.id && rest.every((word) => word === '--dry-run')) {
    return callText(meant.id, { ...input, ...(rest.length > 0 ? { dryRun: true } : {}) });
  }
  try {
    const { parseArguments } = await import('#app/cli/argv/parse.ts');
    const parsed = parseArguments(meant, rest, {});
    return callText(meant.id, { ...parsed.input, ...(parsed.globals.dryRun ? { dryRun: true } : {}) });
  } catch {
    return command;
  }
}

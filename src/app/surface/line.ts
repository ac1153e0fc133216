import type { ActionCard } from '#app/registry/card.ts';
import { shellText } from '#engines/core/shell.ts';

/** A call as data: an action with its input, or the retry of an activity. */
export interface Call {
  action: string;
  input: Record<string, unknown>;
  retry?: string;
}

/** The headless command that a call stands for: `gantry repo reset --to main -- api`. */
export function shellLine(
  card: ActionCard,
  { input, retry }: Omit<Call, 'action'>,
  flags: string[] = [],
): string {
  const options = [...flags];
  const positionals: string[] = [];
  for (const [name, property] of Object.entries(card.input.properties)) {
    const value = input[name];
    if (value === undefined || value === null || property.secret || same(value, property.default)) continue;
    const words = (Array.isArray(value) ? value : [value]).map(String);
    if (property.positional) positionals.push(...words);
    else if (property.type === 'boolean') options.push(...(value ? [`--${kebab(name)}`] : []));
    else options.push(...words.flatMap((word) => [`--${kebab(name)}`, word]));
  }
  if (retry !== undefined) options.push('--retry', retry);
  const guard = needsGuard(card, positionals) ? ['--'] : [];
  return shellText(['gantry', ...card.id.split('.'), ...options, ...guard, ...positionals]);
}

/** The MCP tool call that a call stands for. */
export function toolCall({ action, input }: Call): string {
  return JSON.stringify({ name: action.replaceAll('.', '_'), arguments: input });
}

export function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** A positional that looks like an option, or that an option of many values before it would swallow. */
function needsGuard({ input }: ActionCard, positionals: readonly string[]): boolean {
  const swallows = Object.values(input.properties).some(
    ({ positional, type }) => !positional && type === 'array',
  );
  return positionals.length > 0 && (swallows || positionals.some((word) => word.startsWith('-')));
}

function same(value: unknown, other: unknown): boolean {
  return JSON.stringify(value) === JSON.stringify(other);
}

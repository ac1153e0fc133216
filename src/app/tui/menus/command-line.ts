import type { ActionCard } from '#app/registry/card.ts';
import { shellText } from '#panes/kit/shell.ts';
import type { Call } from '#panes/pane.ts';
import { kebab } from './arguments.ts';

/** The headless command that a call stands for. */
export function commandLine(card: ActionCard, { action, input, retry }: Call): string {
  const options: string[] = [];
  const positionals: string[] = [];
  for (const [name, property] of Object.entries(card.input.properties)) {
    const value = input[name];
    if (value === undefined || property.secret || same(value, property.default)) continue;
    const words = (Array.isArray(value) ? value : [value]).map(String);
    if (property.positional) positionals.push(...words);
    else if (property.type === 'boolean') options.push(...(value ? [`--${kebab(name)}`] : []));
    else options.push(...words.flatMap((word) => [`--${kebab(name)}`, word]));
  }
  if (retry !== undefined) options.push('--retry', retry);
  const guard = positionals.some((word) => word.startsWith('-')) ? ['--'] : [];
  return shellText(['gantry', ...action.split('.'), ...options, ...guard, ...positionals]);
}

/** The MCP tool call that a call stands for. */
export function toolCall({ action, input }: Call): string {
  return JSON.stringify({ name: action.replaceAll('.', '_'), arguments: input });
}

function same(value: unknown, other: unknown): boolean {
  return JSON.stringify(value) === JSON.stringify(other);
}

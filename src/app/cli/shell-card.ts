import type { ActionCard, Property } from '#app/registry/card.ts';

/** What is no action and reads like one. */
export function shellCard(
  id: string,
  summary: string,
  properties: Record<string, Property> = {},
): ActionCard {
  const required = Object.keys(properties).filter((name) => {
    const { positional, default: fallback } = properties[name] as Property;
    return positional && fallback === undefined;
  });
  return {
    id,
    kind: 'query',
    summary,
    needsWorkspace: false,
    input: { type: 'object', properties, required },
    examples: [],
  };
}

import * as z from 'zod/mini';
import { KEYS, settingOf, variableOf } from '#engines/config/settings.ts';
import { typeOf } from './fields.ts';
import { code, page, table } from './markdown.ts';
import type { JsonSchema } from './schema.ts';

/** Every setting with its default and the variable that overrides it. */
export function settingsPage(): string {
  const rows = KEYS.map((key) => {
    const { schema, fallback, description, unit, personal } = settingOf(key);
    return [
      code(key),
      typeOf(z.toJSONSchema(schema) as JsonSchema),
      fallback === '' ? 'empty' : code(String(fallback)),
      code(variableOf(key)),
      personal ? 'no' : 'yes',
      `${description}${unit ? ` (${unit})` : ''}`,
    ];
  });
  const commands = KEYS.filter((key) => settingOf(key).command).map(code);
  return page(
    'Settings',
    'A value comes from the environment, else from the workspace, else from your own settings, else it is the default; ' +
      '`gantry config show` tells which. What concerns the person or the machine a workspace can not set. ' +
      `What is run as a command (${commands.join(', ')}) only a person sets.`,
    table(['setting', 'type', 'default', 'variable', 'in a workspace', 'what it is'], rows),
  );
}

import type { Definition } from './artifact.ts';

type Declared = Record<string, unknown> & {
  type: string;
  description?: string | null;
  on_failure?: string | null;
};

/** What a step does; what its type needs and does not have makes it `unsupported`. */
export function definitionOf(declared: Declared, platform: NodeJS.Platform): Definition {
  const { type, description, on_failure: onFailure } = declared;
  const base = { ...(description && { description }), ...(onFailure && { onFailure }) };
  const unsupported = (reason: string): Definition => ({
    ...base,
    type: 'unsupported',
    declared: type,
    reason,
  });
  switch (type) {
    case 'shell': {
      const command = commandFor(platform, declared);
      return command === undefined ? unsupported(noCommand(declared)) : { ...base, type, command };
    }
    case 'jos': {
      const artifact = textOf(declared, 'artifact');
      return artifact === undefined ? unsupported('it names no artifact') : { ...base, type, artifact };
    }
    case 'http': {
      const url = textOf(declared, 'url', 'command');
      return url === undefined
        ? unsupported('it names no url')
        : { ...base, type, ...request(url, declared) };
    }
    case 'function': {
      const call = textOf(declared, 'command', 'function');
      return call === undefined ? unsupported('it names no function') : { ...base, type, call };
    }
    default:
      return unsupported(`there are no steps of the type ${JSON.stringify(type)}`);
  }
}

/** Suffixes of `command_…` that hold here, the closest first. */
const SUFFIXES: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  linux: ['linux', 'unix'],
  darwin: ['darwin', 'macos', 'unix'],
  win32: ['windows'],
};

function commandFor(platform: NodeJS.Platform, declared: Declared): string | undefined {
  const suffixes = SUFFIXES[platform] ?? ['unix'];
  return textOf(declared, ...suffixes.map((suffix) => `command_${suffix}`), 'command');
}

function noCommand(declared: Declared): string {
  const isElsewhere = Object.keys(declared).some((key) => key.startsWith('command_'));
  return isElsewhere ? 'it has no command for this system' : 'it has no command';
}

function request(url: string, declared: Declared) {
  const headers = (declared.headers ?? {}) as Record<string, string>;
  const body = textOf(declared, 'body');
  const method = textOf(declared, 'method')?.toUpperCase() ?? (body === undefined ? 'GET' : 'POST');
  return { url, method, headers, ...(body !== undefined && { body }) };
}

/** The first of the keys that says something. */
function textOf(declared: Declared, ...keys: readonly string[]): string | undefined {
  return keys
    .map((key) => declared[key])
    .find((value): value is string => typeof value === 'string' && value !== '');
}

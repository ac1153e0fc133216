import type { Failure } from '#engines/core/errors.ts';
import { visible } from '#engines/core/visible.ts';
import type { Words } from '../dialect.ts';

/** What smctl calls what went wrong with the gate. */
export type Kind =
  | 'gate_unreachable'
  | 'models_list_failed'
  | 'models_add_failed'
  | 'models_remove_failed'
  | 'routes_list_failed'
  | 'routes_set_failed'
  | 'logs_stream_failed'
  | 'inference_failed'
  | 'file_not_found'
  | 'invalid_config';

const OF_ALL: Readonly<Record<string, Kind>> = {
  'gate-unreachable': 'gate_unreachable',
  'gate-timeout': 'gate_unreachable',
  'gate-file': 'file_not_found',
  'gate-address': 'invalid_config',
};

/** How commands of the gate tell what went wrong: programs hear of a kind, people of what to do about it. */
export function gateWords(kind: Kind): Pick<Words, 'inPipes' | 'failure' | 'tells'> {
  return {
    inPipes: 'json',
    failure: (failure) => ({ code: OF_ALL[failure.code] ?? kind, ...wordsFor(failure) }),
    tells: ({ message, next: [next] = [] }) => [
      `error: ${visible(message)}`,
      ...(next === undefined ? [] : [`remediation: ${visible(next)}`]),
    ],
  };
}

function wordsFor({ code, message, details = {} }: Failure): Partial<Failure> {
  const { url, reason, seconds, status, body, model, path, told } = details;
  switch (code) {
    case 'gate-unreachable': {
      const isRefused = reason === 'nothing listens there';
      return {
        message: isRefused ? `connection refused: ${url} — is ModelGate running?` : message,
        next: ['start it with `gantry gate serve`, or name another one with --url or MODELGATE_URL'],
      };
    }
    case 'gate-timeout':
      return { message: `request timeout after ${seconds}s`, next: ['give it more time with --timeout'] };
    case 'gate-failed':
      return { message: `HTTP ${status}: ${body}`, next: ['smctl gate status'] };
    case 'gate-model-unknown':
      return { message: `model not found: ${model}`, next: ['smctl gate models list'] };
    case 'gate-file':
      return { message: `file not found: ${path}`, next: ['name a file that is there'] };
    case 'gate-address':
      return {
        message: `invalid endpoint URL: ${told}`,
        next: ['name one as http://localhost:8080 with --url or MODELGATE_URL'],
      };
    default:
      return { next: ['smctl gate models list'] };
  }
}

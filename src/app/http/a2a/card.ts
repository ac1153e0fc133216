import { KINDS } from '#engines/service/jos/artifact.ts';
import type { Exposed } from '#engines/trigger/task/exposed.ts';
import manifest from '#package' with { type: 'json' };
import { MEDIA_TYPES } from './payload.ts';

/** Who answers here, and what it can be asked to run. */
export function cardOf(exposed: readonly Exposed[], url: string) {
  return {
    protocolVersion: '0.2.5',
    name: manifest.name,
    description: 'Runs the artifacts that were exposed on this machine.',
    url: `${url}/a2a`,
    preferredTransport: 'JSONRPC',
    version: manifest.version,
    capabilities: {
      streaming: true,
      pushNotifications: false,
      stateTransitionHistory: false,
      formats: MEDIA_TYPES,
      jos_version: '1.0.0',
      supported_types: KINDS.filter((kind) => kind !== 'persona'),
    },
    authentication: { schemes: ['bearer'] },
    securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
    security: [{ bearer: [] }],
    defaultInputModes: MEDIA_TYPES,
    defaultOutputModes: ['application/json'],
    skills: [
      {
        id: 'execute-jos',
        name: 'Run an artifact',
        description: `Runs a flow of one of these: ${exposed.map(named).join(', ')}.`,
        tags: ['jos'],
        inputModes: MEDIA_TYPES,
        outputModes: ['application/json'],
        parameters: {
          artifact: exposed.map(({ name }) => name),
          flow: [...new Set(exposed.map(({ occasion }) => occasion.artifact.flow))],
        },
      },
    ],
  };
}

function named({ name, occasion }: Exposed): string {
  return `${name} (${occasion.artifact.name}, flow ${occasion.artifact.flow})`;
}

import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

type Data = Record<string, unknown>;

/** An artifact of 0.0.7 with all 13 keys, and nothing to find fault with. */
export const strictArtifact = (changes: Data = {}): Data => ({
  jos: { open: 'jos run atom', supports: ['josctl'] },
  orchestration_contract: { version: '0.0.7', mode: 'sync' },
  id_jos: 'hello-1',
  security: { type: 'open', permissions: [], health_check: null },
  files: [],
  orchestration: {
    definitions: { greet: { type: 'shell', command: 'echo hello', description: 'Says hello' } },
    flows: { main: { description: 'All of it', steps: ['greet'] } },
  },
  x_run_params: { retry_on_failure: false },
  adaptive_ai: { learning_mode: 'frozen' },
  meta: { name: 'Hello there', version: '1.2.3', type: 'atom' },
  artifacts: { outputs: [] },
  guardrails: { avoid: [], max_retries: 1 },
  intention: { objective: 'Say hello', success_criteria: 'hello is said' },
  capabilities: ['shell'],
  ...changes,
});

/** A document of JOS 1.0.0. */
export const documentOne = (changes: Data = {}): Data => ({
  jos: { version: '1.0.0', kind: 'atom' },
  id: 'org.example.hello',
  meta: { name: 'Hello there', version: '1.2.3' },
  orchestration: {
    definitions: { greet: { type: 'shell', command: 'echo hello' } },
    flows: { main: { steps: ['greet'] } },
  },
  ...changes,
});

export const artifactText = (artifact: Data): string => `${JSON.stringify(artifact, null, 2)}\n`;

export const writeArtifact = async (file: string, artifact: Data = documentOne()): Promise<string> => {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, artifactText(artifact));
  return file;
};

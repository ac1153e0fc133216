import type { Backend } from '#engines/worker/backend/template.ts';

/** A named set of what a profile's machine is to serve, and how. */
export interface Bundle {
  id: string;
  name?: string;
  description?: string;
  items: Item[];
  /** Its workers, in the order in which they start. */
  start: Start[];
  source: Backend['origin'];
}

export type Item = { doubt?: string } & (
  | { kind: 'model'; id: string }
  | { kind: 'hub'; repo: string; file: string; revision?: string }
  | { kind: 'ollama'; name: string }
  | { kind: 'whisper'; file: string }
  | { kind: 'command'; backend: Backend }
);

export interface Start {
  /** Unique on this machine. */
  worker: string;
  /** One that workers know, or a command of the bundle. */
  backend: string;
  /** Id of a catalog, path of a file of the bundle in its repository, or what else its program takes. */
  model?: string;
  port?: number;
  gpu: number;
}

/** Where whisper.cpp has its models. */
export const WHISPER = 'ggerganov/whisper.cpp';

/** What a person calls an item. */
export function nameOf(item: Item): string {
  if (item.kind === 'model') return item.id;
  if (item.kind === 'hub') return `${item.repo}/${item.file}`;
  if (item.kind === 'whisper') return item.file;
  return item.kind === 'ollama' ? item.name : item.backend.name;
}

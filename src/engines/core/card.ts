import type { Json } from './json.ts';

/** What the values of a field are names of. */
export type Completes =
  | 'repo'
  | 'branch'
  | 'submodule'
  | 'set'
  | 'feature'
  | 'bugfix'
  | 'release'
  | 'hotfix'
  | 'support'
  | 'directory'
  | 'file'
  | 'activity'
  | 'setting'
  | 'value'
  | 'process'
  | 'service'
  | 'schedule'
  | 'trigger'
  | 'worker'
  | 'backend'
  | 'model'
  | 'bundle'
  | 'download'
  | 'action';

/** One property of an input schema, with what surfaces need to know of it. */
export interface Property {
  type?: 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object';
  enum?: string[];
  items?: Property;
  default?: Json;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  pattern?: string;
  description?: string;
  positional?: boolean;
  short?: string;
  completes?: Completes;
  unit?: string;
  secret?: boolean;
}

/** The JSON schema of an action's input. */
export interface InputSchema {
  type: 'object';
  properties: Record<string, Property>;
  required?: string[];
}

/** A field that is shown where its object is a line or a row. */
export interface Column {
  key: string;
  head: string;
  unit?: string;
}

/** What is known of an action without loading its engine: enough for argv, help, palette, completion and tool lists. */
export interface ActionCard {
  id: string;
  kind: 'query' | 'command' | 'stream';
  summary: string;
  needsWorkspace: boolean;
  /** Speaks to other machines, or runs programs that may. */
  network?: boolean;
  input: InputSchema;
  examples: { title: string; input: Record<string, Json> }[];
  rerun?: 'converge' | 'once';
  /** What the plans of a command may do beyond writing. */
  effects?: ('destructive' | 'outward')[];
  /** Whether one source of a stream serves all who follow it. */
  shared?: boolean;
  /** What of a stream's event is shown on its line. */
  columns?: Column[];
}

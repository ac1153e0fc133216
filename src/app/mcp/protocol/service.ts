/** What a server over the Model Context Protocol offers, in the words of no protocol version and no package. */
export interface Service {
  tools: {
    list(cursor: string | undefined): Promise<Page<Tool>>;
    call(name: string, given: Given, request: Request): Promise<ToolResult>;
  };
  resources: {
    list(cursor: string | undefined, request: Request): Promise<Page<Resource>>;
    templates(cursor: string | undefined): Page<Template>;
    read(uri: string, request: Request): Promise<Content>;
    subscribe(uri: string, request: Request): Promise<void>;
    unsubscribe(uri: string): void;
  };
  /** Ends what outlives a request: streams that were begun, subscriptions. */
  close(): Promise<void>;
}

export interface About {
  name: string;
  title: string;
  version: string;
  /** What a model should know before it picks a tool. */
  instructions: string;
}

export type Given = Record<string, unknown>;

/** One request of the client and the ways back while it runs. */
export interface Request {
  /** The name that the client gave itself. */
  client: string;
  signal: AbortSignal;
  /** Absent where the client did not ask for progress. */
  progress?: (progress: Progress) => void;
}

export interface Progress {
  /** Grows with every call. */
  done: number;
  /** Absent where it is not known. */
  total?: number;
  message: string;
}

export interface JsonSchema {
  [keyword: string]: unknown;
}

export interface ObjectSchema extends JsonSchema {
  type: 'object';
  properties: Record<string, JsonSchema>;
  required?: string[];
}

/** What a client may think of a tool before it asks the person. */
export interface Hints {
  readOnlyHint: boolean;
  destructiveHint: boolean;
  idempotentHint: boolean;
  openWorldHint: boolean;
}

export interface Tool {
  name: string;
  title: string;
  description: string;
  inputSchema: ObjectSchema;
  outputSchema: ObjectSchema;
  annotations: Hints;
}

export interface ToolResult {
  /** For clients that read no structure. */
  text: string;
  /** Fits the tool's output schema, whether or not it is an error. */
  structured: Record<string, unknown>;
  isError: boolean;
}

/** What is behind a URI. */
export interface Content {
  mimeType: string;
  text: string;
}

export interface Resource {
  uri: string;
  name: string;
  title: string;
  description: string;
  mimeType: string;
}

export interface Template extends Omit<Resource, 'uri'> {
  uriTemplate: string;
}

export interface Page<T> {
  items: T[];
  /** Opaque; absent after the last page. */
  next?: string;
}

/** Opened when it is first needed: a client waits for the answer to its greeting, and that needs only `about`. */
export interface Offer {
  about: About;
  open(notices: Notices): Promise<Service>;
}

/** How a service reaches the client when nothing was asked. */
export interface Notices {
  resourceUpdated(uri: string): void;
  resourceListChanged(): void;
}

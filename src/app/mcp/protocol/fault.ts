const CODES = { 'invalid-params': -32602, 'resource-not-found': -32002, internal: -32603 } as const;

/** A request that the protocol itself has to refuse; what goes wrong inside a tool is a result. */
export class Fault extends Error {
  readonly code: number;
  readonly data: unknown;

  constructor(kind: keyof typeof CODES, message: string, data?: unknown) {
    super(message);
    this.name = 'Fault';
    this.code = CODES[kind];
    this.data = data;
  }
}

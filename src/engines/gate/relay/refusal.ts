/** What a client of the gateway is told instead of an answer. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'Refusal';
    this.status = status;
    this.code = code;
  }
}

export function refuse(status: number, code: string, message: string, cause?: unknown): Refusal {
  return new Refusal(status, code, message, { cause });
}

/** What a worker is asked, whatever it speaks. */
export interface Asked {
  prompt: string;
  /** As its program knows it; empty where it serves one and was not told its name. */
  model: string;
  maxTokens: number;
  temperature: number;
  seed?: number;
  chat: boolean;
}

/** A piece of the answer, or its end; what the worker does not tell is left out. */
export type Said = { token: string } | { end: { tokens?: number; milliseconds?: number; reason?: string } };

/** How one family of programs is asked to infer and answers, a line at a time. */
export interface Dialect {
  path(asked: Asked): string;
  body(asked: Asked): object;
  /** Ends without an end where the answer broke off. Throws `inference-failed`. */
  read(lines: AsyncIterable<string>): AsyncGenerator<Said>;
}

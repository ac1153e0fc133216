import type * as z from 'zod/mini';
import type { Context } from './context.ts';
import type { Failure } from './errors.ts';
import type { Draft } from './plan.ts';
import type { Receipt } from './receipt.ts';

type Schema = z.ZodMiniType;

/** Code that is loaded when it is first needed. */
export type Lazy<T> = () => Promise<T>;

/** An input worth showing; help, reference and the parity test run every one of them. */
export interface Example<I = unknown> {
  /** What it is good for, imperative. */
  title: string;
  input: I;
}

interface Declaration<I extends Schema> {
  /** `noun.verb`, or `noun.noun.verb` where the field speaks so. */
  id: string;
  /** One line, imperative, no full stop. */
  summary: string;
  /** An object schema; its fields are described with `field`. */
  input: I;
  examples?: Example<z.input<I>>[];
  /** False where the action makes sense without a workspace. */
  needsWorkspace?: boolean;
  /** Speaks to other machines, or runs programs that may. */
  network?: boolean;
}

/** No side effect. */
export interface Query<I extends Schema = Schema, O extends Schema = Schema> extends Declaration<I> {
  kind: 'query';
  output: O;
  read: Lazy<(input: NoInfer<z.output<I>>, context: Context) => Promise<NoInfer<z.output<O>>>>;
  /** What the answer tells that is not as it should be: it is given all the same, and decides the exit code. */
  verdict?: Lazy<(output: NoInfer<z.output<O>>) => Failure | undefined>;
}

/** Plans operations; changes nothing itself. */
export interface Command<I extends Schema = Schema, O extends Schema = Schema> extends Declaration<I> {
  kind: 'command';
  /** `converge`: running it again plans what is left; `once`: it is another run, and only `resume` continues the first. */
  rerun: 'converge' | 'once';
  /** What its plans may do beyond writing; a plan that does more is a defect and is not applied. */
  effects?: readonly ('destructive' | 'outward')[];
  plan: Lazy<(input: NoInfer<z.output<I>>, context: Context) => Promise<Draft>>;
  /** Data for the caller beside the receipt, made from it. */
  output?: O;
  conclude?: Lazy<(receipt: Receipt, input: NoInfer<z.output<I>>) => NoInfer<z.output<O>>>;
}

/** Events until done or cancelled. */
export interface Stream<I extends Schema = Schema, E extends Schema = Schema> extends Declaration<I> {
  kind: 'stream';
  event: E;
  /** Its events are row deltas, and one source serves all who follow it with the same input in the same place. */
  shared?: boolean;
  follow: Lazy<(input: NoInfer<z.output<I>>, context: Context) => AsyncIterable<NoInfer<z.output<E>>>>;
}

// biome-ignore lint/suspicious/noExplicitAny: a declaration's own types are known where it is declared, and to nobody above
type Any = any;

/** Any declared action, whatever its input and output. */
export type Action = Query<Any, Any> | Command<Any, Any> | Stream<Any, Any>;

type Declared<T> = Omit<T, 'kind'>;

export function query<I extends Schema, O extends Schema>(declaration: Declared<Query<I, O>>): Query<I, O> {
  return { kind: 'query', ...declaration };
}

export function command<I extends Schema, O extends Schema>(
  declaration: Declared<Command<I, O>>,
): Command<I, O> {
  return { kind: 'command', ...declaration };
}

export function stream<I extends Schema, E extends Schema>(
  declaration: Declared<Stream<I, E>>,
): Stream<I, E> {
  return { kind: 'stream', ...declaration };
}

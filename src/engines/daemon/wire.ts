import * as z from 'zod/mini';
import { actorSchema } from '#engines/activity/types.ts';
import { type Failure, GantryError } from '#engines/core/errors.ts';
import type { Outcome } from '#engines/core/invocation.ts';
import { isRecord } from '#engines/core/json.ts';
import type { Question } from '#engines/core/question.ts';
import type { Report } from '#engines/core/report.ts';
import { daemonError } from './errors.ts';
import type { Living } from './types.ts';

/** Raised when an older program could misread a newer one's messages; `handover`, `status` and `stop` never change. */
export const PROTOCOL = 1;

/** Events that a host sends of one stream before it waits for `more`; rows that come meanwhile are merged by key. */
export const WINDOW = 64;

const id = z.number().check(z.int(), z.nonnegative());

/** Who calls from where; a call that says nothing else has that of its connection's `hello`. */
const fromSchema = z.object({
  actor: actorSchema,
  cwd: z.string().check(z.startsWith('/')),
  workspace: z.optional(z.string().check(z.startsWith('/'))),
});

export type From = z.infer<typeof fromSchema>;

const invocationSchema = z.object({
  action: z.string(),
  input: z.unknown(),
  dryRun: z.optional(z.boolean()),
  approval: z.optional(z.union([z.object({ yes: z.literal(true) }), z.object({ plan: z.string() })])),
  retry: z.optional(z.string()),
});

const answerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('yes') }),
  z.object({ kind: z.literal('no') }),
  z.object({ kind: z.literal('text'), value: z.string() }),
  z.object({ kind: z.literal('needs-input') }),
]);

const message = <K extends string, S extends z.core.$ZodShape>(kind: K, shape: S) =>
  z.object({ kind: z.literal(kind), ...shape });

const clientMessageSchema = z.discriminatedUnion('kind', [
  message('hello', {
    protocol: z.number(),
    version: z.string(),
    from: fromSchema,
    /** Variables that git and ssh need; null: the client has none of that name. */
    env: z.record(z.string(), z.nullable(z.string())),
  }),
  message('invoke', { id, invocation: invocationSchema, from: z.optional(fromSchema) }),
  message('subscribe', { id, action: z.string(), input: z.unknown(), from: z.optional(fromSchema) }),
  /** Follows an activity that runs here: its recent reports, what comes, its outcome. */
  message('attach', { id, activity: z.string() }),
  message('cancel', { id }),
  message('answer', { id, question: z.number(), answer: answerSchema }),
  /** Lets `count` more events of a stream come. */
  message('more', { id, count: z.number().check(z.int(), z.positive()) }),
  message('status', {}),
  /** A newer program, or another build of the same version, wants to serve from now on. */
  message('handover', { version: z.string(), build: z.optional(z.string()) }),
  /** `force`: what runs is cancelled and not waited for. */
  message('stop', { force: z.boolean() }),
]);

export type ClientMessage = z.infer<typeof clientMessageSchema>;

const hostMessageSchema = z.discriminatedUnion('kind', [
  message('welcome', {
    protocol: z.number(),
    version: z.string(),
    build: z.optional(z.string()),
    pid: z.number(),
    startedAt: z.number(),
  }),
  message('report', { id, report: z.custom<Report>(isPresent) }),
  message('event', { id, event: z.unknown() }),
  message('ask', { id, question: z.number(), content: z.custom<Question>(isPresent) }),
  message('outcome', { id, outcome: z.custom<Outcome>(isPresent) }),
  message('end', { id, failure: z.optional(z.custom<Failure>(isPresent)) }),
  message('status', { status: z.custom<Living>(isPresent) }),
  /** It no longer listens and finishes what it has. */
  message('retired', { pid: z.number() }),
  message('stopping', { pid: z.number(), running: z.number() }),
  /** The last message before the host closes the connection. */
  message('refused', { failure: z.custom<Failure>(isPresent) }),
]);

export type HostMessage = z.infer<typeof hostMessageSchema>;

/** For a host of that version. Throws `wire-garbage` and `protocol-unsupported`. */
export function parseClientMessage(line: string, version: string): ClientMessage {
  const value = decode(line);
  if (isRecord(value) && value.kind === 'hello' && value.protocol !== PROTOCOL)
    throw unsupported(value.protocol, version);
  return parse(clientMessageSchema, value);
}

/** Checks the envelope; what is in it was made by a program of the same user. Throws `wire-garbage`. */
export function parseHostMessage(line: string): HostMessage {
  return parse(hostMessageSchema, decode(line));
}

export function encode(message: ClientMessage | HostMessage): string {
  return `${JSON.stringify(message)}\n`;
}

/** The failure that came as `refused`, to be thrown where the connection was wanted. */
export function refusal({ failure }: Extract<HostMessage, { kind: 'refused' }>): GantryError {
  return new GantryError(failure);
}

function parse<S extends z.ZodMiniType>(schema: S, value: unknown): z.output<S> {
  const parsed = z.safeParse(schema, value);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues.map(({ path }) => path.join('.') || 'message').join(', ');
  throw daemonError('wire-garbage', `A message does not fit the protocol at: ${where}.`);
}

function decode(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw daemonError('wire-garbage', 'A message is not JSON.', { cause });
  }
}

function unsupported(protocol: unknown, version: string): GantryError {
  const said = `The daemon has version ${version} and speaks protocol ${PROTOCOL}, not ${protocol}.`;
  return daemonError('protocol-unsupported', said, {
    next: ['gantry daemon stop', 'gantry --no-daemon'],
    details: { version, protocol: PROTOCOL },
  });
}

function isPresent(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

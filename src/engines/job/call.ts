import * as z from 'zod/mini';
import type { Command } from '#engines/core/action.ts';
import type { Context } from '#engines/core/context.ts';
import { fields } from '#engines/core/fields.ts';
import { inWords } from '#engines/core/issues.ts';
import { isRecord } from '#engines/core/json.ts';
import { nearest } from '#engines/core/nearest.ts';
import type { Call } from '#engines/core/plan.ts';
import { wordsIn } from '#engines/core/shell.ts';
import type { Artifact } from '#engines/service/jos/artifact.ts';
import { findArtifact } from '#engines/service/jos/find.ts';
import { requireFlow } from '#engines/service/jos/flow.ts';
import { loadArtifact } from '#engines/service/jos/load.ts';
import { slugOf } from '#engines/service/jos/slug.ts';
import { jobError } from './errors.ts';
import type { JobCall, Kind } from './job.ts';

/** What is to be run, as somebody says it. */
export interface WantedCall {
  artifact?: string;
  flow?: string;
  action?: string;
  input?: string;
  command?: string;
}

export interface FoundCall {
  call: JobCall;
  /** What a job that runs it is called unless told. */
  name: string;
  /** What whoever adds it says yes to: the call runs unasked. */
  asks: Pick<Call, 'effect'> & Partial<Pick<Call, 'irreversible'>>;
  /** The artifact that it runs. */
  artifact?: Artifact;
}

/** Throws what is wrong with it, now and not when its time comes. */
export async function callFrom(wanted: WantedCall, kind: Kind, context: Context): Promise<FoundCall> {
  const { artifact, flow, action, input, command } = wanted;
  const given = [artifact, action, command].filter((one) => one !== undefined);
  if (given.length !== 1) throw unclear(given.length === 0 ? 'Nothing' : 'More than one thing', kind);
  if (flow !== undefined && artifact === undefined) throw unclear('A flow, and no artifact,', kind);
  if (input !== undefined && action === undefined) throw unclear('Input, and no action,', kind);
  if (command !== undefined) return commandCall(command);
  if (artifact !== undefined) return artifactCall(artifact, flow, context);
  return actionCall(action as string, inputFrom(input), context);
}

/** What it takes to run, in the words of the shell. */
const WHEN: Record<Kind, string> = { schedule: '--cron @daily', trigger: '--on webhook' };

function unclear(what: string, kind: Kind) {
  return jobError('job-nothing', `${what} was said to be run.`, {
    next: [
      `gantry ${kind} add backup ${WHEN[kind]} --command './backup.sh'`,
      `gantry ${kind} add ${WHEN[kind]} --artifact report.jos`,
    ],
  });
}

/** Nobody can tell what a line will do. */
function commandCall(line: string): FoundCall {
  const [program = ''] = wordsIn(line);
  const name = slugOf(program.split('/').at(-1) ?? '');
  return { call: { kind: 'command', line }, name, asks: { effect: 'write', irreversible: true } };
}

async function artifactCall(named: string, flow: string | undefined, context: Context): Promise<FoundCall> {
  const artifact = await loadArtifact(await findArtifact(named, context));
  requireFlow(artifact, flow);
  const input = { artifact: artifact.path, ...(flow === undefined ? {} : { flow }) };
  return { ...(await actionCall('pipeline.run', input, context)), name: artifact.slug, artifact };
}

async function actionCall(id: string, input: Input, context: Context): Promise<FoundCall> {
  const action = await requireCommand(id, context);
  requireFit(action, input);
  if (action.needsWorkspace !== false && context.workspace === undefined) {
    throw jobError('job-workspace', `${id} works in a workspace, and here is none.`, {
      next: ['gantry --workspace DIR …'],
    });
  }
  const effects = action.effects ?? [];
  const effect = effects.includes('outward') ? 'outward' : (effects[0] ?? 'write');
  const irreversible = effects.length > 0 ? { irreversible: true } : {};
  return { call: { kind: 'action', action: id, input }, name: slugOf(id), asks: { effect, ...irreversible } };
}

type Input = Extract<JobCall, { kind: 'action' }>['input'];

function inputFrom(text = '{}'): Input {
  const next = ["gantry … --action repo.fetch --input '{}'"];
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value)) return value as Input;
  } catch (thrown) {
    throw jobError('job-input', `The input is no JSON: ${(thrown as Error).message}.`, { next });
  }
  throw jobError('job-input', 'The input is no JSON object.', { next });
}

async function requireCommand(id: string, { registry }: Context): Promise<Command> {
  const action = await registry.find(id);
  if (action?.kind === 'command') return action;
  const commands = registry.cards.filter(({ kind }) => kind === 'command').map((card) => card.id);
  const meant = action ? undefined : nearest(id, commands);
  const what = action ? `${id} is a ${action.kind}` : `There is no action ${id}`;
  throw jobError('job-action', `${what}${meant ? `; did you mean ${meant}?` : '.'}`, {
    next: [`gantry ${(meant ?? id).replaceAll('.', ' ')} --help`],
  });
}

function requireFit(action: Command, input: Input): void {
  const { shape } = action.input as z.ZodMiniObject;
  const help = `gantry ${action.id.replaceAll('.', ' ')} --help`;
  for (const name of Object.keys(input)) {
    const schema = shape[name];
    if (!schema) {
      const meant = nearest(name, Object.keys(shape));
      const hint = meant ? `; did you mean "${meant}"?` : '.';
      throw jobError('job-input', `${action.id} has no field "${name}"${hint}`, { next: [help] });
    }
    if (fields.get(schema)?.secret) {
      throw jobError('job-secret', `${name} of ${action.id} is a secret.`, { next: [help] });
    }
  }
  const { error } = z.safeParse(action.input, input, { error: inWords, reportInput: true });
  const [issue] = error?.issues ?? [];
  if (!issue) return;
  const where = issue.path.length > 0 ? `${issue.path.join('.')}: ` : '';
  throw jobError('job-input', `${action.id}: ${where}${issue.message}.`, { next: [help] });
}

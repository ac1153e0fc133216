import * as z from 'zod/mini';
import type { Context } from '#engines/core/context.ts';
import { durationOf } from '#engines/core/duration.ts';
import { callersPath } from '#engines/process/environment.ts';
import { type ProcessSpec, type probeSchema, specSchema } from '#engines/process/spec.ts';
import { fill, type Given, uses } from './backend/fill.ts';
import type { Backend } from './backend/template.ts';
import { hostOf } from './labels.ts';
import type { Model } from './model/find.ts';

/** Everything that makes a worker of a template. */
export interface Wanted {
  id: string;
  backend: Backend;
  /** The form of the backend's command whose program is there. */
  command: string[];
  model?: Model;
  gpu: number;
  port: number;
  /** Absent where the program decides. */
  bind?: string;
  /** Variables that go before those of the template. */
  variables: Record<string, string>;
  /** Beside those of every worker. */
  labels?: Record<string, string>;
}

/** Milliseconds that a worker has to finish what it is asked. */
const GRACE = 30_000;

export function specOf(wanted: Wanted, { workspace, cwd, env }: Context): ProcessSpec {
  const { id, backend, command, model, gpu, port, bind, variables } = wanted;
  const given: Given = {
    ...{ id, gpu: String(gpu), port: String(port), bind: bind ?? '127.0.0.1' },
    ...(model && { model: model.value }),
  };
  const probe = probeOf(wanted);
  return z.parse(specSchema, {
    ...{ name: id, kind: 'worker', owner: id, workspace: workspace ?? null, about: model?.name ?? null },
    labels: labelsFor(wanted),
    argv: command.map((word) => fill(word, given)),
    cwd: workspace ?? cwd,
    env: {
      ...callersPath({ env }),
      ...Object.fromEntries(Object.entries(backend.env).map(([name, value]) => [name, fill(value, given)])),
      ...variables,
    },
    port,
    callback: uses(backend, command, 'callback'),
    restart: { policy: backend.restart },
    stop: { signal: backend.stop_signal, within: GRACE },
    startWithin: durationOf(backend.start_within),
    ...(probe ? { ready: probe, alive: { ...probe, every: 10_000 } } : {}),
  });
}

function labelsFor({ backend, gpu, bind, model, labels }: Wanted): Record<string, string> {
  return {
    ...{ backend: backend.name, gpu: String(gpu), dialect: backend.dialect },
    ...(bind === undefined ? {} : { bind }),
    ...(model ? { model: model.value } : {}),
    ...labels,
  };
}

function probeOf({ backend: { health }, bind, port }: Wanted): z.input<typeof probeSchema> | undefined {
  if (health === 'none') return undefined;
  const host = hostOf(bind);
  if (health === 'tcp') return { kind: 'tcp', host: host.replaceAll(/[[\]]/g, ''), port };
  return { kind: 'http', url: `http://${host}:${port}${health}` };
}

import { statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { Property } from '#app/registry/card.ts';
import { formatValue } from '#app/surface/text/values.ts';
import { pathsFrom } from '#engines/core/paths.ts';
import { gatewayFor } from '#engines/gate/address.ts';
import type { Health, Inference, Model, Route } from '#engines/gate/types.ts';
import type { Acting, Command, Given, Place } from '../dialect.ts';
import { dataOf, ifDone } from '../told.ts';
import { columns } from './columns.ts';
import { gateLogs } from './gate-logs.ts';
import { gateWords, type Kind } from './gate-words.ts';

const AT: Record<'url' | 'timeout', Property> = {
  url: { type: 'string', description: 'Address of the gateway (MODELGATE_URL)' },
  timeout: { type: 'number', description: 'Seconds that it has to answer; 30 unless told' },
};

const NAME: Record<'name', Property> = {
  name: { type: 'string', positional: true, description: 'Name of the model' },
};

const MODEL: Record<'model', Property> = {
  model: { type: 'string', positional: true, description: 'Name of the model' },
};

type Words = Pick<Acting, 'id' | 'summary' | 'takes' | 'calls' | 'lines' | 'json'> &
  Partial<Pick<Acting, 'would' | 'optional'>> & {
    kind: Kind;
    /** What a dry run says that would only ask, of the gateway's address. */
    pretends?(given: Given, url: string): string;
  };

/** What every command of the gate has beside its own. */
function gateCommand({ kind, takes = {}, optional = [], pretends, ...words }: Words): Acting {
  return {
    ...words,
    ...gateWords(kind),
    takes: { ...takes, ...AT },
    optional: [...optional, 'url', 'timeout'],
    ...(pretends && {
      pretends: async (given: Given, place: Place) => pretends(given, await addressOf(given, place)),
    }),
  };
}

const status = (id: string, action: string): Acting =>
  gateCommand({
    ...{ id, kind: 'gate_unreachable', summary: 'Ask the gateway how it is' },
    calls: (given) => [{ action, input: gatewayOf(given) }],
    pretends: (_, url) => `would query ${url} for /health`,
    lines: (told) => {
      const health = dataOf<Health>(told, action);
      if (!health) return [];
      const uptime = formatValue(health.uptime * 1_000, 'milliseconds', Date.now());
      return [
        `status: ${health.status}`,
        `version: ${health.version}`,
        `uptime: ${uptime}`,
        `models: ${health.models}`,
      ];
    },
    json: (told) => {
      const health = dataOf<Health>(told, action);
      if (!health) return undefined;
      const { uptime, models, ...rest } = health;
      return { ...rest, uptime_secs: uptime, model_count: models };
    },
  });

const modelsList = gateCommand({
  ...{ id: 'gate.models.list', kind: 'models_list_failed', summary: 'List the models of the gateway' },
  calls: (given) => [{ action: 'gate.models.list', input: gatewayOf(given) }],
  pretends: (_, url) => `would query ${url} for /api/v1/models`,
  lines: (told) => {
    const models = dataOf<{ models: Model[] }>(told, 'gate.models.list')?.models ?? [];
    if (models.length === 0) return ['no models registered'];
    const rows = models.map(({ name, format, size, status, registeredAt }) => [
      ...[name, format, formatValue(size, 'bytes', 0), status, registeredAt ?? '-'],
    ]);
    return columns(['NAME', 'FORMAT', 'SIZE', 'STATUS', 'REGISTERED'], rows);
  },
  json: (told) => dataOf<{ models: Model[] }>(told, 'gate.models.list')?.models.map(modelJson) ?? [],
});

const modelsAdd = gateCommand({
  ...{ id: 'gate.models.add', kind: 'models_add_failed', summary: 'Send a file to the gateway as a model' },
  takes: { path: { type: 'string', positional: true, completes: 'file', description: 'File of the model' } },
  calls: ({ path, ...given }) => [{ action: 'gate.models.add', input: { path, ...gatewayOf(given) } }],
  would: ({ path }, { cwd }) =>
    `would upload ${path} (${sizeText(resolve(cwd, String(path)))}) and register as '${stemOf(String(path))}'`,
  lines: (told) => {
    const model = dataOf<{ model: Model | null }>(told, 'gate.models.add')?.model;
    return (
      ifDone(
        told,
        model
          ? [`registered model '${model.name}'`]
          : [`model '${stemOf(String(told.given.path))}' is registered already`],
      ) ?? []
    );
  },
  json: (told) => {
    const model = dataOf<{ model: Model | null }>(told, 'gate.models.add')?.model;
    return ifDone(told, model ? modelJson(model) : { name: stemOf(String(told.given.path)) });
  },
});

const modelsRemove = gateCommand({
  ...{ id: 'gate.models.remove', kind: 'models_remove_failed', summary: 'Have the gateway delete a model' },
  takes: NAME,
  calls: ({ name, ...given }) => [{ action: 'gate.models.remove', input: { name, ...gatewayOf(given) } }],
  would: ({ name }) => `would unregister model '${name}'`,
  lines: (told) => ifDone(told, [`removed model '${told.given.name}'`]) ?? [],
  json: (told) => ifDone(told, { removed: told.given.name }),
});

const routesList = gateCommand({
  ...{ id: 'gate.routes.list', kind: 'routes_list_failed', summary: 'List where requests for models go' },
  calls: (given) => [{ action: 'gate.routes.list', input: gatewayOf(given) }],
  pretends: (_, url) => `would query ${url} for /api/v1/routes`,
  lines: (told) => {
    const routes = dataOf<{ routes: Route[] }>(told, 'gate.routes.list')?.routes ?? [];
    if (routes.length === 0) return ['no routes configured'];
    const rows = routes.map(({ model, endpoint, active, requests }) => [
      ...[model, endpoint, active ? 'yes' : 'no', String(requests)],
    ]);
    return columns(['MODEL', 'ENDPOINT', 'ACTIVE', 'REQUESTS'], rows);
  },
  json: (told) => dataOf<{ routes: Route[] }>(told, 'gate.routes.list')?.routes.map(routeJson) ?? [],
});

const routesSet = gateCommand({
  ...{
    id: 'gate.routes.set',
    kind: 'routes_set_failed',
    summary: 'Have requests for a model go to an endpoint',
  },
  takes: {
    ...MODEL,
    endpoint: {
      type: 'string',
      positional: true,
      completes: 'worker',
      description: 'Name of a worker, or an address',
    },
  },
  calls: ({ model, endpoint, ...given }) => [
    { action: 'gate.routes.set', input: { model, endpoint, ...gatewayOf(given) } },
    { action: 'gate.routes.list', input: gatewayOf(given) },
  ],
  would: ({ model, endpoint }) => `would route model '${model}' -> ${endpoint}`,
  lines: (told) => ifDone(told, [`routed model '${told.given.model}' -> ${told.given.endpoint}`]) ?? [],
  json: (told) => {
    const routes = dataOf<{ routes: Route[] }>(told, 'gate.routes.list')?.routes ?? [];
    const { model, endpoint } = told.given;
    const route = routes.find((one) => one.model === model && one.endpoint === endpoint);
    return ifDone(told, route && routeJson(route));
  },
});

const test = gateCommand({
  ...{ id: 'gate.test', kind: 'inference_failed', summary: 'Have a model answer, and show how long it took' },
  takes: {
    ...MODEL,
    input: { type: 'string', completes: 'file', description: 'File with the JSON that is posted' },
  },
  calls: ({ model, input, ...given }) => [
    { action: 'gate.test', input: { model, input, ...gatewayOf(given) } },
  ],
  pretends: ({ model, input }) =>
    `would POST ${input} -> /api/v1/inference/${encodeURIComponent(String(model))}`,
  lines: (told) => {
    const answer = dataOf<Inference>(told, 'gate.test');
    if (!answer) return [];
    const { model, output, latency, tokens } = answer;
    return [
      `model: ${model}`,
      `latency: ${latency} ms`,
      ...(tokens === null ? [] : [`tokens: ${tokens}`]),
      'output:',
      ...(typeof output === 'string' ? output : JSON.stringify(output, undefined, 2)).split('\n'),
    ];
  },
  json: (told) => {
    const answer = dataOf<Inference>(told, 'gate.test');
    if (!answer) return undefined;
    const { model, output, latency, tokens } = answer;
    return { model, output, latency_ms: latency, ...(tokens === null ? {} : { tokens_generated: tokens }) };
  },
});

export const gate: readonly Command[] = [
  status('gate.status', 'gate.health'),
  status('gate.health', 'gate.health'),
  ...[modelsList, modelsAdd, modelsRemove, routesList, routesSet, test],
  gateLogs(AT, { addressOf, gatewayOf }),
];

function gatewayOf({ url, timeout }: Given) {
  return { url, within: timeout };
}

/** The address that an action would ask, by the same rules. */
async function addressOf({ url }: Given, { cwd, workspace }: Place): Promise<string> {
  const world = { cwd, workspace, env: process.env, paths: pathsFrom(process.env) };
  return (await gatewayFor({ url: url as string | undefined }, world)).url;
}

function modelJson({ size, registeredAt, ...rest }: Model) {
  return { ...rest, size_bytes: size, ...(registeredAt === null ? {} : { registered_at: registeredAt }) };
}

function routeJson({ model, endpoint, active, requests }: Route) {
  return { model, endpoint, active, request_count: requests };
}

function sizeText(path: string): string {
  return formatValue(statSync(path, { throwIfNoEntry: false })?.size, 'bytes', 0);
}

function stemOf(path: string): string {
  return basename(path).replace(/\.[^.]+$/, '');
}

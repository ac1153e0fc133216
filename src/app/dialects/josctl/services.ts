import type { Property } from '#app/registry/card.ts';
import { styleFor } from '#app/surface/style.ts';
import { dataLines } from '#app/surface/text/data.ts';
import { serviceHealth, serviceHistory, serviceInspect, serviceList } from '#engines/service/actions.ts';
import type { Acting, Call, Given, Told } from '../dialect.ts';
import { dataOf, receiptIn } from '../told.ts';

const ARTIFACT: Property = {
  type: 'string',
  positional: true,
  completes: 'file',
  description: 'The .jos file',
};
const NAME: Property = {
  type: 'string',
  positional: true,
  completes: 'service',
  description: 'Name of the service, or a pid',
};
const INSECURE: Property = { type: 'boolean', description: 'Also where it is not what was signed' };

export const services: readonly Acting[] = [
  change('start', 'Start an artifact as a service in the background', {
    takes: {
      artifact: ARTIFACT,
      name: { type: 'string', description: 'Name; that of the artifact unless told' },
      env: { type: 'string', description: 'Set of variables that it runs with' },
      port: { type: 'integer', description: 'Port of the first replica' },
      replicas: { type: 'integer', description: 'How many of it run' },
      insecure: INSECURE,
    },
    optional: ['name', 'env', 'port', 'replicas'],
    call: ({ artifact, name, env, port, replicas, insecure }) => ({
      action: 'service.start',
      input: { artifacts: [artifact], name, env, port, replicas, insecure },
    }),
  }),
  change('stop', 'Stop a running service', { takes: { name: NAME }, call: ofNamed('service.stop') }),
  change('restart', 'Restart a service', { takes: { name: NAME }, call: ofNamed('service.restart') }),
  shown('status', 'Show how services are', {
    takes: { name: NAME },
    optional: ['name'],
    call: ({ name }) => ({ action: 'service.list', input: { names: name === undefined ? [] : [name] } }),
    schema: serviceList.output,
  }),
  shown('list', 'List all services', {
    call: () => ({ action: 'service.list', input: {} }),
    schema: serviceList.output,
  }),
  shown('inspect', 'Show all that is known of a service', {
    takes: { name: NAME },
    call: ({ name }) => ({ action: 'service.inspect', input: { name } }),
    schema: serviceInspect.output,
  }),
  shown('health', 'Ask a service how it is', {
    takes: { name: NAME },
    call: ofNamed('service.health'),
    schema: serviceHealth.output,
  }),
  shown('history', 'List the releases of a service', {
    takes: { name: NAME },
    call: ({ name }) => ({ action: 'service.history', input: { name } }),
    schema: serviceHistory.output,
  }),
  change('scale', 'Have more or fewer replicas', {
    takes: { name: NAME, replicas: { type: 'integer', description: 'How many of it run' } },
    call: ({ name, replicas }) => ({ action: 'service.scale', input: { name, replicas } }),
  }),
  change('deploy', 'Deploy an artifact, replica by replica', {
    takes: {
      artifact: ARTIFACT,
      env: { type: 'string', description: 'Set of variables that it runs with' },
      name: { type: 'string', description: 'Name; that of the artifact unless told' },
      insecure: INSECURE,
    },
    optional: ['env', 'name'],
    call: ({ artifact, name, env, insecure }) => ({
      action: 'service.deploy',
      input: { artifact, name, env, insecure },
    }),
  }),
  change('rollback', 'Go back to the release before', {
    takes: { name: NAME },
    call: ({ name }) => ({ action: 'service.rollback', input: { name } }),
  }),
];

interface Row {
  takes?: Record<string, Property>;
  optional?: readonly string[];
  call(given: Given): Call;
}

function change(id: string, summary: string, { call, ...words }: Row): Acting {
  return {
    id,
    summary,
    ...words,
    calls: (given) => [call(given)],
    would: () => summary,
    lines: (told) => resultLines(told),
    json: (told) => ({ results: resultsOf(told) }),
  };
}

function shown(id: string, summary: string, { call, schema, ...words }: Row & { schema: Schema }): Acting {
  const data = (told: Told) => dataOf<unknown>(told, call({}).action);
  return {
    id,
    summary,
    ...words,
    calls: (given) => [call(given)],
    lines: (told) => dataLines(schema, data(told), styleFor(false), Date.now()),
    json: data,
  };
}

type Schema = Parameters<typeof dataLines>[0];

function ofNamed(action: string) {
  return ({ name }: Given): Call => ({ action, input: { names: [name] } });
}

/** What came of each step, of services and of their replicas. */
function resultsOf(told: Told) {
  return (receiptIn(told)?.steps ?? []).map(({ target, status, summary, failure }) => ({
    name: target.name,
    success: status === 'done' || status === 'skipped',
    status,
    message: failure?.message ?? summary,
  }));
}

function resultLines(told: Told): string[] {
  return resultsOf(told).map(({ name, success, message }) => `${success ? '✓' : '✖'} ${name}: ${message}`);
}

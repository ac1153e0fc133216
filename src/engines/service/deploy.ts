import type { Context } from '#engines/core/context.ts';
import type { Draft } from '#engines/core/plan.ts';
import { quote } from '#engines/core/shell.ts';
import { store } from '#engines/store/store.ts';
import type { Definition } from './definition.ts';
import { definitionsFrom } from './definitions.ts';
import { serviceError } from './errors.ts';
import { type Kept, keptServices, servicesNamed } from './named.ts';
import { readReleases, releaseText } from './records.ts';
import { replacing } from './replace.ts';
import { startSteps } from './start.ts';
import { defineStep } from './steps.ts';

interface DeployInput {
  artifact: string;
  name?: string;
  port?: number;
  replicas?: number;
  set: string[];
  env?: string;
  insecure: boolean;
}

/** A service that runs is replaced, replica by replica; what is not said stays as it was. One that is new is started. */
export async function planDeploy(input: DeployInput, context: Context): Promise<Draft> {
  const [wanted] = (await definitionsFrom(
    { ...input, artifacts: [input.artifact], replicas: input.replicas ?? 1, restart: 'on-failure' },
    context,
  )) as [Definition];
  const known = keptServices(context).find(({ definition }) => definition.name === wanted.name);
  if (!known) {
    const define = defineStep(wanted, null);
    return { steps: [define, ...startSteps(wanted, { wait: true, after: [define.id] })] };
  }
  return replacing(known, carried(wanted, known.definition, input));
}

function carried(wanted: Definition, before: Definition, { port, replicas }: DeployInput): Definition {
  return {
    ...wanted,
    port: port ?? before.port,
    replicas: replicas ?? before.replicas,
    restart: before.restart,
    environment: wanted.environment ?? before.environment,
    health: wanted.health ?? before.health,
  };
}

interface RollbackInput {
  name: string;
  to?: number;
}

/** To the release before the present one, or to one that is named by its number. */
export async function planRollback({ name, to }: RollbackInput, context: Context): Promise<Draft> {
  const [known] = servicesNamed(context, [name]) as [Kept];
  const { definition } = known;
  const present = releaseText(definition);
  const releases = readReleases(context.use(store), definition.name);
  const release = releases.find(
    (one) => (to === undefined || one.number === to) && releaseText(one.definition) !== present,
  );
  if (release) return replacing(known, { ...release.definition, replicas: definition.replicas });
  const which = to === undefined ? 'an earlier release' : `a release ${to} that is another`;
  throw serviceError('release-unknown', `${definition.name} has not had ${which}.`, {
    next: [`gantry service history ${quote(definition.name)}`],
  });
}

import type { Call, Expectation, OperationStep, Target } from '#engines/core/plan.ts';
import type { Gateway } from './address.ts';

export function gatewayTarget({ url }: Pick<Gateway, 'url'>, name: string): Target {
  return { kind: 'gateway', name, path: `${url}#${name}` };
}

/** The one step of a change at a gateway. */
export function gatewayStep(target: Target, call: Call, expects: Expectation[]): OperationStep {
  return { id: `${target.name}/1`, target, expects, ...call };
}

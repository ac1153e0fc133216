import { expect } from '#engines/core/fact.ts';
import { call } from '#engines/core/operation.ts';
import type { Call, OperationStep, Target } from '#engines/core/plan.ts';
import { digestOf, NONE } from './define.ts';
import type { Definition } from './definition.ts';
import { serviceDefinition } from './facts.ts';
import { serviceDefine, serviceForget } from './operations.ts';

export function serviceTarget(name: string): Target {
  return { kind: 'service', name };
}

export function defineStep(definition: Definition, before: Definition | null): OperationStep {
  return recordStep(definition.name, before, call(serviceDefine, { definition, before }));
}

export function forgetStep(definition: Definition): OperationStep {
  return recordStep(definition.name, definition, call(serviceForget, { definition }));
}

function recordStep(name: string, before: Definition | null, change: Call): OperationStep {
  const known = before === null ? NONE : digestOf(before);
  const expects = [expect(serviceDefinition, { name }, known)];
  return { id: `${name}/1`, target: serviceTarget(name), expects, ...change };
}

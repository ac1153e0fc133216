import type { Action } from '#engines/core/action.ts';
import type { AnyFact } from '#engines/core/fact.ts';
import type { AnyOperation } from '#engines/core/operation.ts';
import type { ActionCard } from './card.ts';
import type { Engine } from './engine.ts';
import { ENGINES } from './modules.ts';

type Kind = 'actions' | 'operations' | 'facts';

/** Of every action, in no order. */
export const IDS: readonly string[] = Object.values(ENGINES).flatMap(({ ids }) => ids);

export function findCard(id: string): ActionCard | undefined {
  return engineOf(id)
    ?.cards()
    .find((card) => card.id === id);
}

/** The declaration of an action; loads the declarations of its engine. */
export function findAction(id: string): Promise<Action> | undefined {
  const engine = engineOf(id);
  return engine && (load(engine, 'actions', id) as Promise<Action>);
}

export async function findOperation(id: string): Promise<AnyOperation> {
  const found = await load(engineNamed(id), 'operations', id);
  if (!found) throw new Error(`There is no operation ${id}.`);
  return found as AnyOperation;
}

export async function findFact(id: string): Promise<AnyFact> {
  const found = await load(engineNamed(id), 'facts', id);
  if (!found) throw new Error(`There is no fact ${id}.`);
  return found as AnyFact;
}

/** The engine that has an action, which its id need not name. */
function engineOf(id: string): Engine | undefined {
  return Object.values(ENGINES).find(({ ids }) => ids.includes(id));
}

/** The engine that has an operation or a fact: its id begins with the engine's name. */
function engineNamed(id: string): Engine | undefined {
  const [name = ''] = id.split('.');
  return Object.hasOwn(ENGINES, name) ? ENGINES[name] : undefined;
}

async function load(engine: Engine | undefined, kind: Kind, id: string): Promise<unknown> {
  const exported = await engine?.[kind]?.();
  return Object.values(exported ?? {}).find((value) => (value as { id?: unknown } | undefined)?.id === id);
}

import type { State, Turn } from '../state.ts';
import type { World } from '../world.ts';

/** What a key does to this screen and to nothing else. */
export type Move = (state: State, world: World) => State | Turn;

export type Moves = Readonly<Record<string, Move>>;

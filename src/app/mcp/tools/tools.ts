import type { ActionCard } from '#app/registry/card.ts';
import { nearest } from '#engines/core/nearest.ts';
import { pageOf } from '../pages.ts';
import { Fault } from '../protocol/fault.ts';
import type { Service } from '../protocol/service.ts';
import { openCursors } from '../streams/cursors.ts';
import { callTool, type Surroundings } from './call.ts';
import { toolOf } from './describe.ts';
import { toolName } from './names.ts';

const PAGE_SIZE = 50;

interface Tools {
  tools: Service['tools'];
  close(): Promise<void>;
}

/** The offered actions as tools of one client. */
export function openTools(surroundings: Omit<Surroundings, 'cursors'>): Tools {
  const { offered } = surroundings;
  const cursors = openCursors();

  const tools: Service['tools'] = {
    list: async (cursor) => {
      const { items, next } = pageOf(offered, cursor, { keyOf: ({ id }) => id, size: PAGE_SIZE });
      return { items: await Promise.all(items.map(toolOf)), next };
    },
    call: async (name, given, request) => {
      const card = offered.find(({ id }) => toolName(id) === name);
      if (!card) throw unknownTool(name, offered);
      return callTool(card, given, request, { ...surroundings, cursors });
    },
  };

  return { tools, close: cursors.close };
}

function unknownTool(name: string, offered: readonly ActionCard[]): Fault {
  const meant = nearest(
    name,
    offered.map(({ id }) => toolName(id)),
  );
  return new Fault('invalid-params', `There is no tool ${name}${meant ? `; did you mean ${meant}?` : '.'}`);
}

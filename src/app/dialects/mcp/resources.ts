import { agentCaller, type Place as Seat } from '#app/mcp/caller.ts';
import { pageOf } from '#app/mcp/pages.ts';
import { Fault } from '#app/mcp/protocol/fault.ts';
import type { Content, Notices, Request, Resource, Service } from '#app/mcp/protocol/service.ts';
import { openWatches } from '#app/mcp/resources/watches.ts';
import { findCard } from '#app/registry/find.ts';
import { failureOf, GantryError } from '#engines/core/errors.ts';
import type { Host } from '#engines/core/host.ts';
import type { Call, Made } from '../dialect.ts';
import { makeCalls } from '../make.ts';
import { failureIn } from '../told.ts';

/** A document of a dialect, made from calls of actions. */
export interface DialectResource extends Resource {
  calls: readonly Call[];
  content(made: readonly Made[]): string;
  /** A stream of row deltas that tells when it has changed. */
  watch: string;
}

export type ResourceTable = readonly DialectResource[];

interface Opening {
  host: Host;
  seat: Seat;
  notices: Notices;
}

const PAGE_SIZE = 50;

/** The documents of a dialect, as far as there are the actions that they come from. */
export function openResources(table: ResourceTable, { host, seat, notices }: Opening) {
  const offered = table.filter(({ calls }) => calls.every(({ action }) => findCard(action)));
  const watches = openWatches({
    follow: async function* (action, { client }, signal) {
      yield* host.follow(action, {}, await agentCaller(seat, { client, signal }));
    },
    changed: notices.resourceUpdated,
    membersChanged: () => {},
  });

  const resources: Service['resources'] = {
    list: async (cursor) => {
      const { items, next } = pageOf(offered, cursor, { keyOf: ({ uri }) => uri, size: PAGE_SIZE });
      return { items: items.map(published), next };
    },
    templates: () => ({ items: [] }),
    read: async (uri, request) => read(required(uri), request),
    subscribe: async (uri, request) => {
      const { watch } = required(uri);
      await watches.add(uri, { action: watch, input: {}, watch, rows: 'all' }, request).catch((thrown) => {
        throw faultOf(thrown);
      });
    },
    unsubscribe: watches.remove,
  };

  async function read({ calls, content, mimeType }: DialectResource, request: Request): Promise<Content> {
    try {
      const caller = await agentCaller(seat, request);
      const made = await makeCalls(calls, { host, caller });
      const failure = failureIn(made);
      if (failure) throw new GantryError(failure);
      return { mimeType, text: content(made) };
    } catch (thrown) {
      throw faultOf(thrown);
    }
  }

  function required(uri: string): DialectResource {
    const found = offered.find((one) => one.uri === uri);
    if (!found) throw new Fault('resource-not-found', 'There is no such resource.', { uri });
    return found;
  }

  return { resources, close: watches.close };
}

/** A resource has no other way to say that it could not be read. */
function faultOf(thrown: unknown): Fault {
  const failure = failureOf(thrown);
  return new Fault('internal', failure.message, failure);
}

function published({ uri, name, title, description, mimeType }: DialectResource): Resource {
  return { uri, name, title, description, mimeType };
}

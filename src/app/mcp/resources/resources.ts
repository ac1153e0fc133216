import type { ActionCard } from '#app/registry/card.ts';
import { envelope } from '#app/surface/envelope.ts';
import { failureOf } from '#engines/core/errors.ts';
import type { Host } from '#engines/core/host.ts';
import { agentCaller, type Place } from '../caller.ts';
import type { Notices, Request, Service } from '../protocol/service.ts';
import { JSON_TYPE, REPO_ROWS, type Source, sourceOf } from './catalog.ts';
import { faultOf, notFound } from './fault.ts';
import { repoNames, resourcePage, templatePage } from './list.ts';
import { openWatches } from './watches.ts';

interface Opening {
  host: Host;
  place: Place;
  /** The actions that are offered as tools. */
  offered: readonly ActionCard[];
  notices: Notices;
}

interface Resources {
  resources: Service['resources'];
  close(): Promise<void>;
}

/** The workspace as documents that a client can read and be told the changes of. */
export function openResources({ host, place, offered, notices }: Opening): Resources {
  const watches = openWatches({
    follow: async function* (action, { client }, signal) {
      yield* host.follow(action, {}, await agentCaller(place, { client, signal }));
    },
    changed: notices.resourceUpdated,
    membersChanged: (action) => {
      if (action === REPO_ROWS) notices.resourceListChanged();
    },
  });

  const asking = (request: Request) => async (source: Pick<Source, 'action' | 'input'>) =>
    host.invoke(source, await agentCaller(place, request));

  const resources: Service['resources'] = {
    list: async (cursor, request) =>
      resourcePage(repoNames(await asking(request)({ action: 'workspace.list', input: {} })), cursor),
    templates: templatePage,
    read: async (uri, request) => {
      const source = required(uri);
      const outcome = await asking(request)(source);
      if (outcome.kind === 'failure') throw await faultOf(outcome.failure, { uri, source, offered });
      return { mimeType: JSON_TYPE, text: JSON.stringify(envelope(source.action, outcome, 0)) };
    },
    subscribe: async (uri, request) => {
      const source = required(uri);
      await watches.add(uri, source, request).catch(async (thrown) => {
        throw await faultOf(failureOf(thrown), { uri, source, offered });
      });
    },
    unsubscribe: watches.remove,
  };

  return { resources, close: watches.close };
}

function required(uri: string): Source {
  const source = sourceOf(uri);
  if (!source) throw notFound(uri);
  return source;
}

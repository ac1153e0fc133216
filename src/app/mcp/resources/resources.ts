import { failureOf } from '#engines/core/errors.ts';
import type { Host } from '#engines/core/host.ts';
import { agentCaller, type Place } from '../caller.ts';
import type { Notices, Request, Service } from '../protocol/service.ts';
import { REPO_ROWS, type Source, sourceOf, templates } from './catalog.ts';
import { pageOf, repoNames } from './list.ts';
import { faultOf, notFound, readResource } from './read.ts';
import { openWatches } from './watches.ts';

interface Opening {
  host: Host;
  place: Place;
  notices: Notices;
}

interface Resources {
  resources: Service['resources'];
  close(): Promise<void>;
}

/** The workspace as documents that a client can read and be told the changes of. */
export function openResources({ host, place, notices }: Opening): Resources {
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
      pageOf(repoNames(await asking(request)({ action: 'workspace.list', input: {} })), cursor),
    templates,
    read: (uri, request) => readResource(uri, required(uri), asking(request)),
    subscribe: async (uri, request) => {
      await watches.add(uri, required(uri), request).catch((thrown) => {
        throw faultOf(uri, failureOf(thrown));
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

import type { ActionCard } from '#app/registry/card.ts';
import type { Host } from '#engines/core/host.ts';
import type { Place } from './caller.ts';
import type { Notices, Service } from './protocol/service.ts';
import { openResources } from './resources/resources.ts';
import { openTools } from './tools/tools.ts';

interface Opening {
  host: Host;
  place: Place;
  /** The actions that are offered as tools. */
  offered: readonly ActionCard[];
  notices: Notices;
}

/** Everything that one client is served, over a host that is closed with it. */
export function openService({ host, place, offered, notices }: Opening): Service {
  const { tools, ...openedTools } = openTools({ host, place, offered });
  const { resources, ...openedResources } = openResources({ host, place, offered, notices });
  return {
    tools,
    resources,
    close: async () => {
      await Promise.all([openedTools.close(), openedResources.close()]);
      await host.close();
    },
  };
}

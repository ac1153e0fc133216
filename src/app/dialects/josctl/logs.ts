import { logsCommand } from '../logs.ts';

export const LOGS = logsCommand({
  id: 'logs',
  summary: 'Show what a service has written',
  action: 'service.logs',
  of: {
    name: {
      type: 'string',
      positional: true,
      completes: 'service',
      description: 'Name of the service, or a pid',
    },
  },
});

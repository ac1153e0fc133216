import { DEFAULT_SET, setOfService } from './records.ts';

/** Which set of variables is meant. */
export interface Place {
  env?: string;
  service?: string;
}

export function setNamed({ env, service }: Place): string {
  return service === undefined ? (env ?? DEFAULT_SET) : setOfService(service);
}

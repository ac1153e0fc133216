/** Who acts. An agent can never pass for a person: the surface sets this, not the caller. */
export interface Actor {
  kind: 'human' | 'script' | 'agent' | 'loop' | 'schedule' | 'trigger';
  /** Login name, client name of an agent, id of a loop, name of a schedule or a trigger. */
  name: string;
  surface: 'screen' | 'shell' | 'mcp' | 'http' | 'daemon';
  /** Host name where the actor sits. */
  host: string;
  pid: number;
}

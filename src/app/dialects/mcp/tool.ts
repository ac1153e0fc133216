import type { JsonSchema } from '#app/mcp/protocol/service.ts';
import type { Acting, Told } from '../dialect.ts';

/** A command of a dialect under the name of a tool. */
export interface DialectTool {
  name: string;
  command: Acting;
  description: string;
  /** What it takes, by the names that the command reads. */
  takes: Record<string, JsonSchema>;
  required?: string[];
  /** What it answers, where that is not what the command line prints as JSON. */
  result?(told: Told): unknown;
}

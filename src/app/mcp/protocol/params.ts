import { ClientRequestSchema, type JSONRPCRequest } from '@modelcontextprotocol/sdk/types.js';

const SCHEMAS = new Map(
  ClientRequestSchema.options.map((schema) => [schema.shape.method.value as string, schema]),
);

/** What is wrong with the parameters of a request, in one sentence; nothing where they fit or nobody knows the method. */
export function misfitOf(request: JSONRPCRequest): string | undefined {
  const issues = SCHEMAS.get(request.method)?.safeParse(request).error?.issues ?? [];
  if (issues.length === 0) return undefined;
  const problems = issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  return `The parameters of ${request.method} do not fit: ${problems.join('; ')}.`;
}

import type { ToolResult } from '#app/mcp/protocol/service.ts';
import { failureLines } from '#app/surface/failure.ts';
import { planLines } from '#app/surface/plan.ts';
import { styleFor } from '#app/surface/style.ts';
import type { Failure } from '#engines/core/errors.ts';
import { isRecord } from '#engines/core/json.ts';
import type { DescribedPlan } from '#engines/core/report.ts';
import { visibleJson } from '#engines/core/visible.ts';
import type { Command, Dialect, Told } from '../dialect.ts';
import { inWords } from '../output.ts';
import { failureIn } from '../told.ts';
import type { DialectTool } from './tool.ts';

const INDENT = 2;
const PLAIN = styleFor(false);

/** What came of a command as pretty JSON, a plan as people see it. */
export function toldResult({ command, result }: DialectTool, told: Told, dialect: Dialect): ToolResult {
  const outcome = told.made.at(-1)?.outcome;
  const failure = failureIn(told.made);
  if (outcome?.kind === 'failure') return failedResult(outcome.failure, dialect, command);
  if (outcome?.kind === 'plan' || outcome?.kind === 'approval') return planResult(outcome.plan, outcome.kind);
  const data = (result ?? command.json)(told);
  if (data === undefined && failure) return failedResult(failure, dialect, command);
  const text = visibleJson(data, INDENT);
  return {
    text: failure ? [text, ...failureLines(inWords(dialect, failure, command), PLAIN)].join('\n') : text,
    structured: isRecord(data) ? data : { data },
    isError: failure !== undefined,
  };
}

function planResult(plan: DescribedPlan, kind: 'plan' | 'approval'): ToolResult {
  const { hash } = plan;
  const waits = kind === 'approval';
  const next = `next: the same call with "plan": "${hash}"`;
  return {
    text: [
      ...planLines(plan, PLAIN),
      ...(waits ? ['The plan needs approval; nothing was done.'] : []),
      next,
    ].join('\n'),
    structured: { dry_run: true, plan: hash, needs_approval: plan.needsApproval },
    isError: waits,
  };
}

export function failedResult(failure: Failure, dialect: Dialect, command: Command): ToolResult {
  const own = inWords(dialect, failure, command);
  const { code, message, next = [] } = own;
  return {
    text: failureLines(own, PLAIN).join('\n'),
    structured: { error: code, message, next },
    isError: true,
  };
}

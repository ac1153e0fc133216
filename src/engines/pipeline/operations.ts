import { type Operation, operation } from '#engines/core/operation.ts';
import { titleOf } from './title.ts';
import { httpSchema, type StepArgs, shellSchema } from './types.ts';

export const pipelineStepShell: Operation<typeof shellSchema> = operation({
  id: 'pipeline.step.shell',
  args: shellSchema,
  effect: 'write',
  describe: (args) => ({ summary: `run ${words(args)}`, commands: [args.argv, ...otherwise(args)] }),
  check: async () => (await import('./step/shell.ts')).checkShell,
  apply: async () => (await import('./step/shell.ts')).applyShell,
});

export const pipelineStepHttp: Operation<typeof httpSchema> = operation({
  id: 'pipeline.step.http',
  args: httpSchema,
  effect: 'write',
  describe: (args) => ({
    summary: `run ${words(args)}: ${args.method} ${args.url}`,
    commands: otherwise(args),
  }),
  check: async () => (await import('./step/http.ts')).checkHttp,
  apply: async () => (await import('./step/http.ts')).applyHttp,
});

/** `deploy > build (Compiles it), if it is confirmed that tests pass, else clean`. */
function words(args: StepArgs): string {
  const { about, confirm, goesOn, otherwise } = args;
  return [
    titleOf(args),
    about ? ` (${about})` : '',
    confirm ? `, if it is confirmed that ${confirm}` : confirm === '' ? ', if it is confirmed' : '',
    otherwise ? `, and ${otherwise.step} should it fail` : '',
    goesOn ? ', and go on should it fail' : '',
  ].join('');
}

function otherwise({ otherwise }: StepArgs): string[][] {
  return otherwise ? [otherwise.argv] : [];
}

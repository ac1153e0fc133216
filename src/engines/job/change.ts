import type { Context } from '#engines/core/context.ts';
import type { Call, Draft } from '#engines/core/plan.ts';
import { quote } from '#engines/core/shell.ts';
import { store } from '#engines/store/store.ts';
import { jobError } from './errors.ts';
import type { Job, Kind } from './job.ts';
import { jobsNamed, type Noun, targetOf } from './noun.ts';
import { planEach, planRemoving } from './plan.ts';
import { openRuns } from './runs.ts';

interface Named {
  names: string[];
}

/** What each change of a job calls. */
interface Calls<D> {
  remove(definition: D): Call;
  pause(name: string): Call;
  resume(name: string): Call;
  run(definition: D, wait: boolean): Call;
}

/** How the changes of one kind of job are planned. */
export function plansOf<D extends Job, P>(noun: Noun<D, P>, { remove, pause, resume, run }: Calls<D>) {
  return {
    async planRemove({ names }: Named, context: Context): Promise<Draft> {
      const jobs = jobsNamed(noun, names, context);
      return planRemoving(noun, jobs, ({ definition }) => remove(definition), context);
    },

    async planPause({ names }: Named, context: Context): Promise<Draft> {
      const jobs = jobsNamed(noun, names, context);
      return planEach(
        noun,
        jobs,
        ({ definition: { name }, paused }) => (paused ? 'is paused already' : pause(name)),
        context,
      );
    },

    async planResume({ names }: Named, context: Context): Promise<Draft> {
      const jobs = jobsNamed(noun, names, context);
      return planEach(
        noun,
        jobs,
        ({ definition: { name }, paused }) => (paused ? resume(name) : 'is not paused'),
        context,
      );
    },

    /** Now, whether or not it is paused; where its runs do not overlap, only while none goes on. */
    async planRun({ name, wait }: { name: string; wait: boolean }, context: Context): Promise<Draft> {
      const jobs = jobsNamed(noun, [name], context);
      const isBusy = openRuns(context.use(store), { kind: noun.kind, name }).length > 0;
      if (isBusy && jobs[0]?.definition.overlap === 'skip') {
        const refused = [{ target: targetOf(noun, name), failure: busy(noun.kind, name) }];
        return { workspace: null, steps: [], refused };
      }
      return planEach(noun, jobs, ({ definition }) => run(definition, wait), context);
    },
  };
}

function busy(kind: Kind, name: string) {
  return jobError('job-busy', `A run of ${name} goes on.`, {
    next: [`gantry ${kind} history ${quote(name)}`],
  }).failure;
}

import type { Context } from '#engines/core/context.ts';
import { canonical } from '#engines/core/json.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import { store } from '#engines/store/store.ts';
import { immediately } from '#engines/store/transaction.ts';
import type { Job } from './job.ts';
import { asItIs, type Noun } from './noun.ts';
import { forgetWaiting } from './runs.ts';

type Adding<D> = Application<{ definition: D }>;
type Named = Application<{ name: string }>;

/** How the changes of one kind of job are applied. */
export function appliedBy<D extends Job, P>(noun: Noun<D, P>) {
  const { kind, records, fromNowOn } = noun;

  function left(name: string, summary: string, context: Context): Applied {
    return { summary, leaves: [asItIs(noun, name, context)] };
  }

  async function paused({ args: { name } }: Named, paused: boolean, context: Context) {
    const known = records.find(context.use(store), name);
    return known?.paused === paused ? left(name, paused ? 'paused' : 'goes on', context) : undefined;
  }

  return {
    async checkAdd({ args: { definition } }: Adding<D>, context: Context): Promise<Applied | undefined> {
      const known = records.find(context.use(store), definition.name);
      const isSame = known && canonical(known.definition) === canonical(definition);
      return isSame ? left(definition.name, 'on record', context) : undefined;
    },

    async applyAdd({ args: { definition } }: Adding<D>, context: Context): Promise<Applied> {
      const opened = context.use(store);
      const { name } = definition;
      immediately(opened.database, () => {
        const progress = fromNowOn(records.find(opened, name)?.progress, context.now());
        forgetWaiting(opened, { kind, name });
        records.write(opened, { definition, paused: false, progress });
      });
      return left(name, 'on record', context);
    },

    async checkRemove({ args }: Adding<D>, context: Context): Promise<Applied | undefined> {
      const { name } = args.definition;
      return records.find(context.use(store), name) ? undefined : left(name, 'forgotten', context);
    },

    /** A run that goes on comes to its end. */
    async applyRemove({ args }: Adding<D>, context: Context): Promise<Applied> {
      const { name } = args.definition;
      const opened = context.use(store);
      immediately(opened.database, () => {
        records.forget(opened, name);
        forgetWaiting(opened, { kind, name });
      });
      return left(name, 'forgotten', context);
    },

    checkPause: (given: Named, context: Context) => paused(given, true, context),
    checkResume: (given: Named, context: Context) => paused(given, false, context),

    async applyPause({ args: { name } }: Named, context: Context): Promise<Applied> {
      records.change(context.use(store), name, (known) => ({ ...known, paused: true }));
      return left(name, 'paused', context);
    },

    /** What would have been due meanwhile is not missed. */
    async applyResume({ args: { name } }: Named, context: Context): Promise<Applied> {
      records.change(context.use(store), name, (known) => ({
        ...known,
        paused: false,
        progress: fromNowOn(known.progress, context.now()),
      }));
      return left(name, 'goes on', context);
    },
  };
}

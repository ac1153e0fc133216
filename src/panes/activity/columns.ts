import type { Activity } from '#engines/activity/types.ts';
import { age, took } from '../kit/age.ts';
import type { Column } from '../kit/column.ts';
import { type Line, span, type Tone } from '../kit/line.ts';
import type { Look, Sign } from '../kit/look.ts';
import { plain } from '../kit/plain.ts';
import { actorWords } from './actor.ts';

type Status = Activity['status'];

const SIGNS: Record<Status, Sign> = {
  running: 'running',
  done: 'clean',
  refused: 'conflict',
  failed: 'failed',
  cancelled: 'missing',
  interrupted: 'conflict',
};

export const STATUS_TONES: Record<Status, Tone> = {
  running: 'name',
  done: 'good',
  refused: 'warning',
  failed: 'bad',
  cancelled: 'quiet',
  interrupted: 'warning',
};

export const columns: readonly Column<Activity>[] = [
  { id: 'sign', head: '', min: 1, max: 1, priority: 1, cell: sign },
  {
    id: 'action',
    head: 'ACTION',
    min: 12,
    max: 20,
    priority: 0,
    cell: ({ action }) => [span(action, 'strong')],
  },
  { id: 'who', head: 'BY', min: 8, max: 22, priority: 4, cell: actor },
  { id: 'targets', head: 'ON', min: 8, max: 8, grows: true, priority: 5, cell: targets },
  { id: 'steps', head: 'OUTCOME', min: 12, max: 30, priority: 2, cell: outcome },
  { id: 'took', head: 'TOOK', min: 6, max: 6, align: 'right', priority: 6, cell: duration },
  { id: 'age', head: 'AGE', min: 4, max: 4, align: 'right', priority: 3, cell: started },
];

function sign({ status }: Activity, look: Look): Line {
  return [span(look.sign(SIGNS[status]), STATUS_TONES[status])];
}

function actor({ actor: one }: Activity): Line {
  const [name, what] = actorWords(one);
  return [span(plain(name), 'name'), span(` ${what}`, 'quiet')];
}

function targets({ targets: names }: Activity): Line {
  const [first, second] = names;
  if (first === undefined) return [];
  const shown =
    names.length === 2
      ? `${first}, ${second}`
      : names.length > 2
        ? `${first} and ${names.length - 1} more`
        : first;
  return [span(plain(shown), 'quiet')];
}

function outcome({ status, summary, undoneBy }: Activity): Line {
  if (undoneBy !== null) return [span('undone', 'quiet')];
  return [span(plain(worded(status, summary)), status === 'done' ? 'quiet' : STATUS_TONES[status])];
}

/** The counts that say why come first: a narrow column cuts off the rest. Without such a count the status says it. */
function worded(status: Status, summary: string): string {
  if (status === 'done' || status === 'running') return summary;
  const counts = summary.split(', ').filter(Boolean);
  const why = counts.filter((count) => count.endsWith(` ${status}`));
  const rest = counts.filter((count) => !why.includes(count)).join(', ');
  const first = why[0] ?? status;
  return rest === '' ? first : `${first}${why.length > 0 ? ', ' : ': '}${rest}`;
}

function duration({ duration: milliseconds }: Activity): Line {
  return milliseconds === null ? [] : [span(took(milliseconds), 'quiet')];
}

function started({ startedAt }: Activity, look: Look): Line {
  return [span(age(look.now - startedAt), 'quiet')];
}

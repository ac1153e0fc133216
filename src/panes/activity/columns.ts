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
  failed: 'failed',
  cancelled: 'missing',
  interrupted: 'conflict',
};

export const STATUS_TONES: Record<Status, Tone> = {
  running: 'name',
  done: 'good',
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
  const text =
    status === 'done' || status === 'running' ? summary : summary ? `${status}: ${summary}` : status;
  return [span(plain(text), status === 'done' ? 'quiet' : STATUS_TONES[status])];
}

function duration({ duration: milliseconds }: Activity): Line {
  return milliseconds === null ? [] : [span(took(milliseconds), 'quiet')];
}

function started({ startedAt }: Activity, look: Look): Line {
  return [span(age(look.now - startedAt), 'quiet')];
}

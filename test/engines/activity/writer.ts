import { begin, end, intend, keepPlan, record } from '#engines/activity/journal.ts';
import { identify } from '#engines/store/process.ts';
import { openStore } from '#engines/store/store.ts';

// Writes COUNT activities of one step each into the database FILE, as a process of its own.
const [file = '', name = '', count = '0'] = process.argv.slice(2);
const opened = openStore(file);
const target = { kind: 'repo', name, path: `/${name}` } as const;
const step = { id: `${name}/1`, target, expects: [], op: 'git.fetch', args: {}, effect: 'write' } as const;
const plan = {
  action: 'repo.fetch',
  input: { name },
  hash: name,
  steps: [step],
  refused: [],
  settled: [],
} as never;
const actor = { kind: 'script', name, surface: 'shell', host: 'here', pid: process.pid } as const;

for (let index = 0; index < Number(count); index++) {
  keepPlan(opened, plan, name, index);
  const activity = begin(opened, { plan, actor, process: identify(process.pid) ?? '', at: index });
  intend(opened, {
    activity,
    step: { ...step, expects: [] },
    call: step,
    commands: [['git', 'fetch']],
    at: index,
  });
  record(opened, activity, {
    step: step.id,
    target,
    status: 'done',
    summary: `${name} ${index}`,
    startedAt: index,
    duration: 1,
  });
  end(opened, activity, { status: 'done', at: index + 1 });
}
opened.database.close();

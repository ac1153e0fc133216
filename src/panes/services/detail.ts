import type { ServiceDetail } from '#engines/service/inspect.ts';
import type { ReleaseRow, ServiceRow } from '#engines/service/row.ts';
import { age } from '../kit/age.ts';
import { environmentLines, SET_QUERIES, type Secrets, type Variables } from '../kit/environment.ts';
import { fact } from '../kit/facts.ts';
import { healthLines } from '../kit/health.ts';
import { type Line, span } from '../kit/line.ts';
import type { Look } from '../kit/look.ts';
import { plain } from '../kit/plain.ts';
import { stateLine, stateSign } from '../kit/processes.ts';
import { runLine } from '../kit/runs.ts';
import { wrapLine } from '../kit/wrap.ts';
import type { Call, Section } from '../pane.ts';

export const sections: readonly Section<ServiceRow>[] = [
  {
    id: 'replicas',
    title: 'Replicas',
    lines: ({ row, width }, look) => [
      ...factsOf(row).flatMap((line) => wrapLine(line, width)),
      [],
      ...row.processes.flatMap((process) => replicaLines(process, look)),
    ],
  },
  { id: 'log', title: 'Log', processes: ({ processes }) => processes.map(({ id }) => id) },
  {
    id: 'health',
    title: 'Health',
    query: inspected,
    lines: ({ data, width }, look) => healthLines((data as ServiceDetail).processes, width, look),
  },
  {
    id: 'environment',
    title: 'Environment',
    query: (row) => [inspected(row), ...SET_QUERIES],
    lines: ({ data }) => {
      const [{ definition, processes }, { variables }, { secrets }] = data as [
        ServiceDetail,
        Variables,
        Secrets,
      ];
      const { defaults, env } = definition;
      return environmentLines({ defaults, env, variables, secrets, sets: processes[0]?.spec.sets ?? [] });
    },
  },
  {
    id: 'history',
    title: 'History',
    query: (row) => [{ action: 'service.history', input: { name: row.id } }, inspected(row)],
    lines: ({ data }, look) => {
      const [{ releases }, { processes }] = data as [{ releases: ReleaseRow[] }, ServiceDetail];
      return [
        [span('Releases', 'strong'), span(` ${releases.length}`, 'quiet')],
        ...releases.map((release) => releaseLine(release, look)),
        ...processes.flatMap((process) => [
          [],
          [span(plain(process.id), 'strong'), span(` runs ${process.runs.length}`, 'quiet')],
          ...process.runs.map((run) => runLine(run, look)),
        ]),
      ];
    },
  },
];

function inspected({ id }: ServiceRow): Call {
  return { action: 'service.inspect', input: { name: id, tail: 0 } };
}

function factsOf({ state, why, about, artifact, version, environment, port }: ServiceRow): Line[] {
  const text = (value: string | null): Line => (value === null ? [] : [span(plain(value))]);
  return [
    ...fact('state', stateLine(state, why)),
    ...fact('runs', text(artifact ?? about)),
    ...fact('version', text(version)),
    ...fact('variables', text(environment)),
    ...fact('port', text(port === null ? null : String(port))),
  ];
}

function replicaLines(process: ServiceRow['processes'][number], look: Look): Line[] {
  const { id, phase, why, pid, port, probed } = process;
  const where = [pid === null ? '' : `pid ${pid}`, port === null ? '' : `port ${port}`].filter(Boolean);
  return [
    [
      ...stateSign(phase, look),
      span(` ${plain(id)}  `, 'strong'),
      ...stateLine(phase, why),
      span(where.length > 0 ? `  ${where.join(', ')}` : '', 'quiet'),
    ],
    ...(probed ? [[span(`    ${plain(probed.said)}`, probed.ok ? 'quiet' : 'warning')]] : []),
  ];
}

function releaseLine({ number, current, version, about, deployedAt }: ReleaseRow, look: Look): Line {
  return [
    span(`${String(number).padStart(4)}  `, 'name'),
    span((version ?? '').padEnd(12), current ? 'good' : undefined),
    span(`${age(look.now - deployedAt).padStart(4)}  `, 'quiet'),
    span(plain(about ?? '')),
  ];
}

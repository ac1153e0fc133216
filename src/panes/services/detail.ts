import type { ServiceDetail } from '#engines/service/inspect.ts';
import type { ReleaseRow, ServiceRow } from '#engines/service/row.ts';
import { age } from '../kit/age.ts';
import { fact } from '../kit/facts.ts';
import { type Line, span } from '../kit/line.ts';
import type { Look } from '../kit/look.ts';
import { plain } from '../kit/plain.ts';
import { logLines, stateLine, stateSign } from '../kit/processes.ts';
import { wrapLine } from '../kit/wrap.ts';
import type { Section } from '../pane.ts';

/** Lines of the log that the detail has; the log viewer has all. */
const TAIL = 200;

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
  {
    id: 'log',
    title: 'Log',
    query: ({ id }) => ({ action: 'service.inspect', input: { name: id, tail: TAIL } }),
    lines: ({ row, data }) => logLines((data as ServiceDetail).lines, { names: row.processes.length > 1 }),
  },
  {
    id: 'environment',
    title: 'Environment',
    query: ({ id }) => ({ action: 'service.inspect', input: { name: id, tail: 0 } }),
    lines: ({ data }) => {
      const { env, defaults, environment } = (data as ServiceDetail).definition;
      return [
        ...fact(
          'set',
          environment === null ? [span('none of its own', 'quiet')] : [span(plain(environment))],
        ),
        ...Object.entries({ ...defaults, ...env }).flatMap(([name, value]) =>
          fact(plain(name), [span(' '), span(plain(value))]),
        ),
      ];
    },
  },
  {
    id: 'history',
    title: 'History',
    query: ({ id }) => ({ action: 'service.history', input: { name: id } }),
    lines: ({ data }, look) =>
      (data as { releases: ReleaseRow[] }).releases.map((release) => releaseLine(release, look)),
  },
];

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

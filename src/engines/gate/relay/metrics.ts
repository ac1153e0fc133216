/** Counters of a gateway, told as Prometheus reads them (text format 0.0.4). */
export interface Metrics {
  add(name: Counter, labels: Labels, amount?: number): void;
  /** Seconds. */
  observe(name: Histogram, labels: Labels, seconds: number): void;
  /** With what can be told at this moment alone. */
  text(gauges: readonly Gauge[]): string;
}

type Labels = Readonly<Record<string, string>>;
type Counter = keyof typeof COUNTERS;
type Histogram = keyof typeof HISTOGRAMS;

export interface Gauge {
  name: keyof typeof GAUGES;
  labels: Labels;
  value: number;
}

const COUNTERS = {
  gantry_gate_requests_total: 'Requests for inference that have ended, by how',
  gantry_gate_tokens_total: 'Tokens of answers',
  gantry_gate_attempts_failed_total: 'Attempts at a backend that came to nothing',
} as const;

const HISTOGRAMS = {
  gantry_gate_request_seconds: 'From a request to the end of its answer',
  gantry_gate_first_byte_seconds: 'From a request to the begin of its answer',
} as const;

const GAUGES = {
  gantry_gate_active_requests: 'Requests that a backend is answering',
  gantry_gate_backend_up: 'Whether a backend can be asked',
  gantry_gate_uptime_seconds: 'Since when the gateway serves',
} as const;

/** Seconds. */
const BOUNDS = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

interface Observed {
  labels: Labels;
  counts: number[];
  sum: number;
  count: number;
}

export function openMetrics(): Metrics {
  const counters = new Map<Counter, Map<string, number>>();
  const histograms = new Map<Histogram, Map<string, Observed>>();

  function observedOf(name: Histogram, labels: Labels): Observed {
    const series = histograms.get(name) ?? new Map<string, Observed>();
    histograms.set(name, series);
    const key = labelText(labels);
    const observed = series.get(key) ?? { labels, counts: BOUNDS.map(() => 0), sum: 0, count: 0 };
    series.set(key, observed);
    return observed;
  }

  return {
    add(name, labels, amount = 1) {
      const series = counters.get(name) ?? new Map<string, number>();
      counters.set(name, series);
      const key = labelText(labels);
      series.set(key, (series.get(key) ?? 0) + amount);
    },
    observe(name, labels, seconds) {
      const observed = observedOf(name, labels);
      observed.count += 1;
      observed.sum += seconds;
      for (const [index, bound] of BOUNDS.entries())
        if (seconds <= bound) observed.counts[index] = (observed.counts[index] ?? 0) + 1;
    },
    text(gauges) {
      const lines = [
        ...[...counters].flatMap(([name, series]) => [
          ...head(name, 'counter', COUNTERS[name]),
          ...[...series].map(([labels, value]) => `${name}${labels} ${value}`),
        ]),
        ...[...histograms].flatMap(([name, series]) => [
          ...head(name, 'histogram', HISTOGRAMS[name]),
          ...[...series.values()].flatMap((observed) => histogramLines(name, observed)),
        ]),
        ...[...Map.groupBy(gauges, ({ name }) => name)].flatMap(([name, own]) => [
          ...head(name, 'gauge', GAUGES[name]),
          ...own.map(({ labels, value }) => `${name}${labelText(labels)} ${value}`),
        ]),
      ];
      return `${lines.join('\n')}\n`;
    },
  };
}

function head(name: string, type: string, help: string): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`];
}

function histogramLines(name: string, { labels, counts, sum, count }: Observed): string[] {
  const buckets = [...BOUNDS.map(String), '+Inf'].map((le, index) => {
    return `${name}_bucket${labelText({ ...labels, le })} ${counts[index] ?? count}`;
  });
  const own = labelText(labels);
  return [...buckets, `${name}_sum${own} ${sum}`, `${name}_count${own} ${count}`];
}

function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}

import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildIfStale } from '../scripts/build/build.ts';
import { machine } from './machine.ts';
import { pageText, tableText } from './report.ts';
import type { Row } from './row.ts';
import { families } from './rows/families.ts';

const page = fileURLToPath(new URL('../docs/benchmarks.md', import.meta.url));
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !families.some((family) => family.name === name));

/** Measures the families that are named, or all; only a run of all is kept in docs/benchmarks.md. */
if (unknown.length > 0) {
  console.error(
    `There are no rows ${unknown.join(', ')}; there are ${families.map(({ name }) => name).join(', ')}.`,
  );
  process.exitCode = 2;
} else {
  await buildIfStale();
  const where = machine();
  const rows: Row[] = [];
  for (const { name, rows: measure } of families) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    for await (const row of measure((progress) => console.error(`${name}: ${progress}`))) rows.push(row);
  }
  console.log(`${where}\n\n${tableText(rows)}`);
  if (wanted.length === 0)
    writeFileSync(page, pageText(rows, { machine: where, date: new Date().toISOString().slice(0, 10) }));
}

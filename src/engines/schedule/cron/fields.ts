/** One field of a cron expression, in the words of an error. */
export interface CronField {
  name: string;
  /** What may stand there beside `*`, lists, ranges and steps. */
  takes: string;
}

const SECOND: CronField = { name: 'second', takes: '0 to 59' };

const FIELDS: readonly CronField[] = [
  { name: 'minute', takes: '0 to 59' },
  { name: 'hour', takes: '0 to 23' },
  { name: 'day of the month', takes: '1 to 31, L for the last one, 15W for the weekday nearest to the 15th' },
  { name: 'month', takes: '1 to 12, or JAN to DEC' },
  {
    name: 'day of the week',
    takes: '0 to 7 with Sunday as 0 and 7, SUN to SAT, FRI#2 for the second Friday',
  },
];

/** The fields of an expression with so many parts; none where that is not how many it has. */
export function fieldsOf(count: number): readonly CronField[] | undefined {
  if (count === FIELDS.length) return FIELDS;
  return count === FIELDS.length + 1 ? [SECOND, ...FIELDS] : undefined;
}

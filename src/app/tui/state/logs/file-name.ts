import type { LogView } from './logs.ts';

/** A name for the file that logs are saved in, which says whose they are and when that was. */
export function fileName({ title }: Pick<LogView, 'title'>, now: number): string {
  const moment = new Date(now);
  const parts = [
    moment.getFullYear(),
    moment.getMonth() + 1,
    moment.getDate(),
    moment.getHours(),
    moment.getMinutes(),
  ];
  const [year, month, day, hour, minute] = parts.map((part) => String(part).padStart(2, '0'));
  const name = title.replaceAll(/[^\w.]+/g, '-').slice(0, 60);
  return `${name}-${year}${month}${day}-${hour}${minute}.log`;
}

import { type Family, notYet } from '../row.ts';

const DOWNLOAD = 'there are no downloads yet';

/** Rows of the design's table whose part of Gantry comes with a later issue. */
export const later: Family = {
  name: 'later',
  async *rows() {
    yield notYet('download against curl on loopback', { unit: 'x', bar: 1.05 }, DOWNLOAD);
    yield notYet('verify against sha256sum', { unit: 'x', bar: 1.1 }, DOWNLOAD);
  },
};

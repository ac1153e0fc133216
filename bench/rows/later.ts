import { type Family, notYet } from '../row.ts';

const SUPERVISOR = 'there is no supervisor of processes yet';
const DOWNLOAD = 'there are no downloads yet';

/** Rows of the design's table whose part of Gantry comes with a later issue. */
export const later: Family = {
  name: 'later',
  async *rows() {
    yield notYet('start of 20 services against pm2', { unit: 'x', bar: 0.6 }, SUPERVISOR);
    yield notYet('list of 100 services against pm2', { unit: 'x', bar: 0.4 }, SUPERVISOR);
    yield notYet('restart after kill -9 against pm2', { unit: 'x', bar: 1 }, SUPERVISOR);
    yield notYet('download against curl on loopback', { unit: 'x', bar: 1.05 }, DOWNLOAD);
    yield notYet('verify against sha256sum', { unit: 'x', bar: 1.1 }, DOWNLOAD);
  },
};

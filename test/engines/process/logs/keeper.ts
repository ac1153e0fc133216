import { keepLogs } from '../../../../src/engines/process/logs/keep.ts';

// Keeps one log until it is killed.
const [dir = '', size, count] = process.argv.slice(2);
const keeper = keepLogs({ now: Date.now, env: process.env });
keeper.add(dir, { size: Number(size), count: Number(count) });
process.on('message', async () => {
  await keeper.settle();
  process.send?.('settled');
});
process.on('disconnect', () => process.exit());
process.send?.('kept');

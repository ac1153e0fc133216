import { openStore } from '#engines/store/store.ts';

// Opens new databases 0 to COUNT of DIRECTORY, each at the instant at which other processes do so too, from START on.
const [directory = '', start = '', count = ''] = process.argv.slice(2);
const INTERVAL = 25;

for (let number = 0; number < Number(count); number += 1) {
  while (Date.now() < Number(start) + number * INTERVAL);
  openStore(`${directory}/${number}.db`).database.close();
}

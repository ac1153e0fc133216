import { readFileSync, writeFileSync } from 'node:fs';
import type { World } from '../../test/rig/home.ts';
import { type Command, outputOf } from '../command.ts';
import { pidWith, type Supervisor } from './supervisor.ts';

export function pm2Supervisor(world: World, count: number): Supervisor {
  const file = world.path('work', `services-${count}.config.js`);
  const apps = `Array.from({ length: ${count} }, (_, index) => ({
    name: 's${count}-' + index, script: '/bin/sleep', args: '100000', interpreter: 'none' }))`;
  writeFileSync(file, `module.exports = { apps: ${apps} };\n`);
  const command = (...words: string[]): Command => ({
    argv: ['pm2', ...words],
    cwd: world.path('work'),
    env: world.environment({ PM2_HOME: world.path('pm2') }),
  });
  outputOf(command('ping'));
  return {
    name: 'pm2',
    start: command('start', file),
    list: command('list'),
    restart: command('restart', 'all'),
    remove: command('delete', 'all'),
    pid: (except) => pidWith(world, `name=s${count}-0`, except),
    daemon: () => Number(readFileSync(world.path('pm2', 'pm2.pid'), 'utf8')),
    end: () => void outputOf(command('kill')),
  };
}

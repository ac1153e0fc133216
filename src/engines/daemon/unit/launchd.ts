import { join } from 'node:path';
import { daemonError } from '../errors.ts';
import type { Manager } from './manager.ts';

const LABEL = 'gantry.daemon';

/** launchd, and the agents of one user. */
export const launchd: Manager = {
  id: 'launchd',
  readsWhenEnabled: true,
  lingers: false,
  file: ({ paths }) => join(paths.home, 'Library', 'LaunchAgents', `${LABEL}.plist`),
  // What the daemon keeps outlives it, so that nothing of its group is ended with it.
  text: ({ program, env }) => `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>Label</key>
  <string>${LABEL}</string>
  <key>ProgramArguments</key>
  <array>
    <string>${escaped(program)}</string>
    <string>daemon</string>
    <string>run</string>
  </array>
  <key>EnvironmentVariables</key>
  <dict>
${Object.entries(env)
  .map(([name, value]) => `    <key>${name}</key>\n    <string>${escaped(value)}</string>\n`)
  .join('')}  </dict>
  <key>RunAtLoad</key>
  <true/>
  <key>KeepAlive</key>
  <dict>
    <key>SuccessfulExit</key>
    <false/>
  </dict>
  <key>AbandonProcessGroup</key>
  <true/>
</dict>
</plist>
`,
  programIn: (text) => {
    const [, written] = /<key>ProgramArguments<\/key>\s*<array>\s*<string>(.*?)<\/string>/.exec(text) ?? [];
    return written?.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
  },
  ask: () => ['launchctl', 'print', domain()],
  show: () => ['launchctl', 'print', service()],
  shown: (stdout) => {
    const pid = Number(/^\s*pid = (\d+)$/m.exec(stdout)?.[1] ?? 0);
    return { enabled: true, pid: pid > 0 ? pid : null, killMode: null };
  },
  reload: () => [],
  enable: (file) => ['launchctl', 'bootstrap', domain(), file],
  disable: () => ['launchctl', 'bootout', service()],
  start: () => ['launchctl', 'kickstart', service()],
  giveUp: () => [],
  reach: () => [`launchctl print ${domain()}`, 'gantry daemon start'],
};

function domain(): string {
  return `gui/${process.getuid?.() ?? 0}`;
}

function service(): string {
  return `${domain()}/${LABEL}`;
}

function escaped(text: string): string {
  if (!/[\u0000-\u001f\u007f]/.test(text))
    return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  throw daemonError('unit-path-unsafe', `${JSON.stringify(text)} has a control character in it.`, {
    next: ['gantry daemon start'],
  });
}

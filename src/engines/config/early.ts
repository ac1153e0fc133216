import { readFileSync } from 'node:fs';
import type { Paths } from '#engines/core/context.ts';
import { isRecord } from '#engines/core/json.ts';
import { type Key, SETTINGS, type Settings, settingOf, variableOf } from './settings.ts';
import { userFile } from './user.ts';
import { flatten, fromText } from './values.ts';

/** What is known before any action can be asked. */
interface Early {
  paths: Paths;
  env: Readonly<Record<string, string | undefined>>;
}

const SCREEN = ['screen.keymap', 'screen.colour', 'screen.icons', 'screen.maxFps'] as const;
const HOST = ['git.concurrency'] as const;
const HTTP = ['http.enabled', 'http.port'] as const;
const WORKER = ['worker.firstPort'] as const;
const POOL = ['pool.use', 'pool.port', 'pool.tokenFile', 'pool.enabled'] as const;
const DOWNLOAD = ['download.concurrency', 'download.connections', 'download.limit'] as const;
const GATE = [
  'gate.url',
  'gate.within',
  'gate.enabled',
  'gate.port',
  'gate.models',
  'gate.firstByteSeconds',
  'gate.idleSeconds',
] as const;
const MODELS = ['models.directory', 'models.converter'] as const;

/** The settings of the first frame. */
export function readScreenSettings(early: Early): Pick<Settings, (typeof SCREEN)[number]> {
  return readEarly(early, SCREEN);
}

/** The settings of the pools that a host opens. */
export function readHostSettings(early: Early): Pick<Settings, (typeof HOST)[number]> {
  return readEarly(early, HOST);
}

/** The settings of new workers. */
export function readWorkerSettings(early: Early): Pick<Settings, (typeof WORKER)[number]> {
  return readEarly(early, WORKER);
}

/** The settings of pool managers, which every list of workers asks for. */
export function readPoolSettings(early: Early): Pick<Settings, (typeof POOL)[number]> {
  return readEarly(early, POOL);
}

/** The settings of models, which every list of them asks for. */
export function readModelsSettings(early: Early): Pick<Settings, (typeof MODELS)[number]> {
  return readEarly(early, MODELS);
}

/** The settings of downloads, which are looked at whenever one may begin. */
export function readDownloadSettings(early: Early): Pick<Settings, (typeof DOWNLOAD)[number]> {
  return readEarly(early, DOWNLOAD);
}

/** The settings of model gateways: the one that is asked, and the daemon's own. */
export function readGateSettings(early: Early): Pick<Settings, (typeof GATE)[number]> {
  return readEarly(early, GATE);
}

/** The settings of the daemon's HTTP server. */
export function readHttpSettings(early: Early): Pick<Settings, (typeof HTTP)[number]> {
  return readEarly(early, HTTP);
}

/**
 * Personal settings as the environment and the user's file have them, in one read and without a wait.
 * What is not allowed is at its default here and is reported wherever settings are asked for.
 */
function readEarly<K extends Key>({ paths, env }: Early, keys: readonly K[]): Pick<Settings, K> {
  const own = new Map([...flatten(contentOf(paths))].map(({ key, value }) => [key, value]));
  const values = keys.map((key) => [
    key,
    allowed(key, own.get(key), env[variableOf(key)]) ?? SETTINGS[key].fallback,
  ]);
  return Object.fromEntries(values) as Pick<Settings, K>;
}

function allowed(key: Key, own: unknown, variable: string | undefined): unknown {
  const { schema } = settingOf(key);
  const told = variable ? schema.safeParse(fromText(key, variable)) : undefined;
  return told?.success ? told.data : schema.safeParse(own).data;
}

function contentOf(paths: Early['paths']): Record<string, unknown> {
  try {
    const content: unknown = JSON.parse(readFileSync(userFile(paths), 'utf8'));
    return isRecord(content) ? content : {};
  } catch {
    return {};
  }
}

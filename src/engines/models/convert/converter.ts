import { join, resolve } from 'node:path';
import { readModelsSettings } from '#engines/config/early.ts';
import type { Context } from '#engines/core/context.ts';
import { quote } from '#engines/core/shell.ts';
import { findProgram } from '#engines/process/program.ts';
import type { Entry } from '../catalog/entry.ts';
import { modelsError } from '../errors.ts';
import { sizeOfFile } from '../files.ts';

export interface Converter {
  /** Absolute. */
  python: string;
  /** Absolute. */
  script: string;
  /** It, or what it is told, comes with the workspace and not from the person. */
  isOfWorkspace: boolean;
}

const REPOSITORY = 'https://github.com/ggml-org/llama.cpp';

/** What makes the file of an entry. Throws `converter-missing` and `python-missing`. */
export function requireConverter(entry: Entry, context: Context): Converter {
  const { workspace, paths, env } = context;
  const { 'models.converter': own } = readModelsSettings({ paths, env });
  const told = entry.converterScript ?? 'reference/llama.cpp/convert_hf_to_gguf.py';
  const brought = workspace === undefined ? undefined : join(workspace, told);
  const personal = own === '' ? undefined : resolve(paths.home, own.replace(/^~(?=\/|$)/, paths.home));
  const script = [personal, brought].find((file) => file !== undefined && sizeOfFile(file) !== undefined);
  if (script === undefined) throw missing(told, [personal, brought]);
  const python = findProgram('python3', context);
  if (python === undefined) {
    throw modelsError('python-missing', 'python3 was not found, which the converter runs on.', {
      next: ['apt install python3 python3-pip', 'brew install python3', 'echo $PATH'],
    });
  }
  return { python, script, isOfWorkspace: script !== personal || entry.source === 'workspace' };
}

function missing(told: string, places: readonly (string | undefined)[]) {
  const looked = places.filter((file) => file !== undefined);
  const where =
    looked.length === 0 ? 'and there is no workspace to look in' : `at ${looked.join(' nor at ')}`;
  return modelsError('converter-missing', `The converter of llama.cpp was not found, ${where}.`, {
    next: [
      `git clone --depth 1 ${REPOSITORY} ~/llama.cpp && gantry config set models.converter ${quote('~/llama.cpp/convert_hf_to_gguf.py')}`,
      `git submodule add ${REPOSITORY} ${quote(told.split('/').slice(0, -1).join('/'))}`,
      'pip install -r ~/llama.cpp/requirements.txt',
    ],
    details: { looked },
  });
}

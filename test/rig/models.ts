import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { World } from './home.ts';

export interface TinyModel {
  version?: 1 | 2 | 3;
  bigEndian?: boolean;
  architecture?: string;
  contextLength?: number;
  /** Number of `general.file_type`; 15 is Q4_K_M. */
  fileType?: number;
  /** Elements of its tensors, by their names, all of kind `F32`. */
  tensors?: Record<string, number[]>;
  /** Words of its vocabulary. */
  words?: string[];
  /** What fills its tensors: models of different seeds differ in nothing else. */
  seed?: number;
  /** Bytes that are missing at its end. */
  missing?: number;
}

/** The bytes of a real, tiny GGUF file, as llama.cpp would read it. */
export function tinyGguf({
  version = 3,
  bigEndian = false,
  architecture = 'llama',
  contextLength = 2_048,
  fileType = 0,
  tensors = { 'token_embd.weight': [8, 4], 'output.weight': [8, 4] },
  words = ['<s>', 'a', 'b', 'c'],
  seed = 1,
  missing = 0,
}: TinyModel = {}): Buffer {
  const u32 = (value: number) => {
    const bytes = Buffer.alloc(4);
    if (bigEndian) bytes.writeUInt32BE(value);
    else bytes.writeUInt32LE(value);
    return bytes;
  };
  const u64 = (value: number | bigint) => {
    const bytes = Buffer.alloc(8);
    if (bigEndian) bytes.writeBigUInt64BE(BigInt(value));
    else bytes.writeBigUInt64LE(BigInt(value));
    return bytes;
  };
  const size = (value: number) => (version === 1 ? u32(value) : u64(value));
  const text = (value: string) => Buffer.concat([size(Buffer.byteLength(value)), Buffer.from(value)]);
  const key = (name: string, type: number, value: Buffer) => Buffer.concat([text(name), u32(type), value]);

  const keys = [
    key('general.architecture', 8, text(architecture)),
    key('general.name', 8, text('Tiny')),
    key('tokenizer.ggml.tokens', 9, Buffer.concat([u32(8), size(words.length), ...words.map(text)])),
    key(
      'tokenizer.ggml.scores',
      9,
      Buffer.concat([u32(6), size(words.length), Buffer.alloc(4 * words.length)]),
    ),
    key(`${architecture}.context_length`, 4, u32(contextLength)),
    key('general.file_type', 4, u32(fileType)),
  ];
  let offset = 0;
  const infos = Object.entries(tensors).map(([name, shape]) => {
    const info = [text(name), u32(shape.length), ...shape.map(size), u32(0), u64(offset)];
    offset += Math.ceil((4 * shape.reduce((all, one) => all * one, 1)) / 32) * 32;
    return Buffer.concat(info);
  });
  const counts = [size(infos.length), size(keys.length)];
  const head = Buffer.concat([Buffer.from('GGUF'), u32(version), ...counts, ...keys, ...infos]);
  const padding = Buffer.alloc((32 - (head.length % 32)) % 32);
  const whole = Buffer.concat([head, padding, Buffer.alloc(offset, seed)]);
  return whole.subarray(0, whole.length - missing);
}

/** The bytes of a real, tiny safetensors file. */
export function tinySafetensors({ seed = 1, missing = 0 }: Pick<TinyModel, 'seed' | 'missing'> = {}): Buffer {
  const header = JSON.stringify({
    __metadata__: { format: 'pt' },
    'embed.weight': { dtype: 'BF16', shape: [4, 8], data_offsets: [0, 64] },
    'norm.weight': { dtype: 'F32', shape: [4], data_offsets: [64, 80] },
  });
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  const whole = Buffer.concat([length, Buffer.from(header), Buffer.alloc(80, seed)]);
  return whole.subarray(0, whole.length - missing);
}

/** Puts bytes into a file, with the directories on the way. */
export function put(file: string, content: Buffer | string): string {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

/** Where the converter of the world is; it is run by what stands for python3 there. */
export const converterOf = (world: World): string => world.path('home', 'llama.cpp', 'convert_hf_to_gguf.py');

/** Makes python3 a command of the world that converts anything to a tiny model, and has a person's setting name the converter. */
export const installConverter = (world: World): void => {
  const python = put(
    world.path('bin', 'python3'),
    `#!/bin/sh\nexec '${process.execPath}' '${CONVERTER}' "$@"\n`,
  );
  chmodSync(python, 0o755);
  put(converterOf(world), '# Stands for that of llama.cpp.\n');
  world.env.GANTRY_MODELS_CONVERTER = converterOf(world);
  const path = world.env.PATH ?? '';
  const bin = world.path('bin');
  if (!path.split(delimiter).includes(bin)) world.env.PATH = [bin, path].join(delimiter);
};

const CONVERTER = fileURLToPath(new URL('converter.ts', import.meta.url));

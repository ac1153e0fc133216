import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { tinyGguf } from './models.ts';

// Stands for python3 with the converter of llama.cpp, by its command line: SCRIPT INPUTS --outfile FILE --outtype TYPE.
// A file beside the script has it end badly (`fails`), write less than its header tells (`cuts`), or stay until that is gone (`waits`).
const [script = '', inputs = '', ...options] = process.argv.slice(2);
const told = (name: string) => options[options.indexOf(name) + 1] ?? '';
const is = (word: string) => existsSync(join(dirname(script), word));

console.log(`INFO:hf-to-gguf:Loading model: ${inputs}`);
readFileSync(join(inputs, 'model.safetensors'));
if (is('fails')) {
  console.error('NotImplementedError: Architecture is not supported');
  process.exit(1);
}
while (is('waits')) await delay(20);
const fileType = told('--outtype') === 'f16' ? 1 : 0;
writeFileSync(told('--outfile'), tinyGguf({ architecture: 'gpt2', fileType, missing: is('cuts') ? 8 : 0 }));
console.log(`INFO:hf-to-gguf:Model successfully exported to ${told('--outfile')}`);

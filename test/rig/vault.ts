import { createCipheriv, randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A vault as the kernel `jos` writes it. */
export const writeVault = async (
  dir: string,
  secrets: Record<string, string>,
  mode = 0o600,
): Promise<void> => {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const key = randomBytes(32);
  const encrypted = Object.entries(secrets).map(([name, value]) => {
    const iv = randomBytes(16);
    const cipher = createCipheriv('aes-256-cbc', key, iv);
    return [name, `${iv.toString('hex')}:${cipher.update(value, 'utf8', 'hex')}${cipher.final('hex')}`];
  });
  await writeFile(join(dir, '.master'), key.toString('hex'), { mode });
  await writeFile(join(dir, 'vault.json'), JSON.stringify(Object.fromEntries(encrypted)), { mode });
};

import type { Context } from '#engines/core/context.ts';
import { runChild } from '#engines/workspace/child.ts';
import type { Tool } from './types.ts';

const RUST = ['rustc', 'cargo'];

/** Asked in the caller's directory: a `rust-toolchain.toml` above it decides which version runs there. */
export async function readToolchain(_: unknown, context: Context): Promise<{ tools: Tool[] }> {
  // rustup would download a toolchain that is named and missing, and a question changes nothing.
  const asking = { ...context, env: { ...context.env, RUSTUP_AUTO_INSTALL: '0' } };
  return { tools: await Promise.all(RUST.map((name) => ask(asking, name))) };
}

async function ask(context: Context, name: string): Promise<Tool> {
  const argv = [name, '--version'];
  const { exitCode, reason, stdout, stderr } = await runChild(context, {
    argv,
    cwd: context.cwd,
    target: name,
  });
  const [version = ''] = stdout.trim().split('\n');
  if (exitCode === 0 && version !== '') return { name, version, problem: null };
  const [said = ''] = stderr.trim().split('\n');
  const problem = (reason ?? said.replace(/^error: /, '')) || `${name} ended with exit code ${exitCode}`;
  return { name, version: null, problem };
}

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Trouble } from './say.ts';

/** The folder of the project. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
export const DIST = join(ROOT, 'dist');

const SOURCES = ['src', 'worker', 'content', 'astro.config.mjs', 'wrangler.toml', 'package-lock.json', 'tsconfig.json'];

/** Builds the site when anything it is made of changed since the last time. Says whether it did. */
export function buildIfStale(): boolean {
  const stamp = join(DIST, '.stamp');
  const now = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return false;
  console.log('Building. This takes some seconds, once.');
  const built = spawnSync(process.execPath, [join(ROOT, 'node_modules/astro/bin/astro.mjs'), 'build'], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', WRANGLER_SEND_METRICS: 'false' },
  });
  if (built.status !== 0) throw new Trouble(`The build failed.\n${built.stdout}${built.stderr}`);
  mkdirSync(DIST, { recursive: true });
  writeFileSync(stamp, now);
  return true;
}

function fingerprint(): string {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    const path = join(ROOT, source);
    if (!existsSync(path)) continue;
    const files = statSync(path).isDirectory() ? readdirSync(path, { recursive: true, encoding: 'utf8' }).sort().map((file) => join(path, file)) : [path];
    for (const file of files) if (statSync(file).isFile()) hash.update(file.slice(ROOT.length)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

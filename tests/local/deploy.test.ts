import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@libsql/client/web';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { prepareDatabase } from '../../worker/local/prepare.ts';
import { DIST, ROOT } from '../../worker/local/build.ts';
import { startSqld } from '../../worker/local/sqld.ts';

vi.setConfig({ testTimeout: 300_000 });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stoa-deploy-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('without a database it says what is missing', () => {
  const { LIBSQL_URL: _, ...env } = process.env;
  const { status, stderr } = spawnSync(process.execPath, ['worker/local/deploy.ts'], { cwd: ROOT, env, encoding: 'utf8' });
  expect(status).toBe(1);
  expect(stderr.trim()).toMatch(/^Set LIBSQL_URL.*\.$/);
});

test('the database gets its tables and articles, and a second time changes nothing', async () => {
  const server = await startSqld({ folder });
  try {
    expect(await prepareDatabase(server.url)).toContain('0001_initial.sql');
    expect(await prepareDatabase(server.url)).toEqual([]);
    const client = createClient({ url: server.url });
    const { rows } = await client.execute('select count(*) as articles from articles');
    client.close();
    expect(Number(rows[0]!['articles'])).toBeGreaterThan(10);
  } finally {
    await server.stop();
  }
});

test('wrangler takes the built worker with its Durable Object, assets and headers', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['node_modules/wrangler/bin/wrangler.js', 'deploy', '--dry-run', '--outdir', folder], { cwd: ROOT, encoding: 'utf8', env: { ...process.env, WRANGLER_SEND_METRICS: 'false', CI: '1' } });
  expect(status, stdout + stderr).toBe(0);
  expect(stdout).toMatch(/WriteGate/);
  expect(stdout).toMatch(/env\.ASSETS/);
  expect(existsSync(join(DIST, 'client/kb/community/markdown/index.html'))).toBe(true);
  expect(readFileSync(join(DIST, 'client/_headers'), 'utf8')).toMatch(/nosniff|immutable/i);
});
